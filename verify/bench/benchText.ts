/** The result of a bench as tables of text. */
import Table from "cli-table3";
import type { BenchResult } from "./bench.js";
import type { GrowthCell } from "./growth.js";

const grouped = (n: number): string => Math.round(n).toLocaleString("en-US");
const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** Three tables: the explorer, the comparison, and how the cost grows. */
export function benchText({ explore, conform, growth }: BenchResult): string {
  const rates = new Table({ head: ["measured", "value"], style: { head: [], border: [] } });
  rates.push(
    [`model, with ${explore.invariants} invariants and properties`, explore.model],
    [
      "distinct / generated / depth, equal in both",
      [explore.distinct, explore.generated, explore.depth].map(grouped).join(" / "),
    ],
    [`TLC, ${explore.workers} workers: generated a second`, grouped(explore.tlcPerSecond)],
    [
      `explorer, ${explore.workers} workers: generated a second`,
      grouped(explore.explorerPerSecond),
    ],
    ["explorer, 1 worker: generated a second", grouped(explore.singlePerSecond)],
    ["explorer to TLC (target 30)", explore.ratio.toFixed(1)],
    ["bare table, 1 worker: probes a second", grouped(explore.table.probesPerSecond)],
    [
      "bytes of a packed state, and beyond it",
      `${explore.packedBytes} + ${explore.bytesBeyond.toFixed(1)}`,
    ],
    ["memory of states and tables", mebibytes(explore.peakBytes)],
    [`comparison of ${conform.model}: edges`, grouped(conform.edges)],
    ["TLC, 1 worker, graph written out: generated a second", grouped(conform.tlcPerSecond)],
    ["comparison: edges a second, reading included", grouped(conform.edgesPerSecond)],
    ["comparison to TLC (target 5)", conform.ratio.toFixed(1)],
  );
  const sizes = new Table({
    head: ["domains x vCPUs", "distinct", "generated", "explorer", "TLC"],
    style: { head: [], border: [] },
  });
  for (const { domains, vcpus, explorer, tlc } of growth) {
    const { distinct, generated } = explorer;
    sizes.push([
      `${domains} x ${vcpus}`,
      grouped(distinct),
      grouped(generated),
      timeOf(explorer),
      timeOf(tlc),
    ]);
  }
  return growth.length === 0 ? `${rates}` : `${rates}\n${sizes}`;
}

function timeOf(cell: GrowthCell | undefined): string {
  if (cell === undefined) return "not run";
  const seconds = `${cell.seconds.toFixed(1)} s`;
  return cell.complete ? seconds : `partial: ${grouped(cell.distinct)} states in ${seconds}`;
}
