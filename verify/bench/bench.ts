/** Measures TLC and this project on the same models, in one run on this machine. */
import { join } from "node:path";
import { runTlc, type TlcTools, withTemporaryDirectory } from "tla2tools-runner";
import { conformModel, conforms } from "../conform/conformModel.js";
import { type Exploration, explore } from "../engine/explore.js";
import { countsComparisons } from "../explore/exploreComparisons.js";
import type { TlcCounts } from "../explore/exploreOutcome.js";
import { systemOf } from "../mediator/createSystem.js";
import { loadModel } from "../mediator/loadModel.js";
import type { Model } from "../mediator/model.js";
import { findEntry, readManifest } from "../model/manifest.js";
import { comparisonText, differing, finding } from "../support/comparison.js";
import { VerifyError } from "../support/verifyError.js";
import { type GrowthRow, measureGrowth } from "./growth.js";
import { measureTable, type TableRate } from "./tableRate.js";

export interface BenchOptions {
  /** The model that TLC and the explorer check, with all its invariants. Default: MC2x2Few. */
  readonly model?: string;
  /** The model whose graph is written out and compared. Default: MC2x1. */
  readonly conformModel?: string;
  /** Workers of TLC and of the explorer. Default: 2. */
  readonly workers?: number;
  /** For the table of sizes; 0 leaves it out. Default: 600. */
  readonly growthSeconds?: number;
  /** Bytes that one exploration may take. Default: 8 GiB. */
  readonly memoryLimit?: number;
  readonly tools?: TlcTools;
  readonly signal?: AbortSignal;
  /** Told what is measured now. */
  readonly onPart?: (what: string) => void;
}

/** TLC and the explorer on one model. */
export interface ExploreBench {
  readonly model: string;
  readonly invariants: number;
  readonly workers: number;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly tlcSeconds: number;
  readonly tlcPerSecond: number;
  readonly explorerSeconds: number;
  readonly explorerPerSecond: number;
  /** Of the explorer with one worker. */
  readonly singlePerSecond: number;
  /** Generated states a second, the explorer's to TLC's. */
  readonly ratio: number;
  readonly table: TableRate;
  readonly packedBytes: number;
  readonly bytesBeyond: number;
  readonly peakBytes: number;
}

/** TLC, and the comparison of the graph that it wrote. */
export interface ConformBench {
  readonly model: string;
  readonly edges: number;
  readonly tlcPerSecond: number;
  readonly edgesPerSecond: number;
  /** Edges a second to TLC's generated states a second. */
  readonly ratio: number;
}

export interface BenchResult {
  readonly explore: ExploreBench;
  readonly conform: ConformBench;
  readonly growth: readonly GrowthRow[];
}

/** @throws VerifyError COUNTS_DIFFER when the two do not agree, and what runTlc throws. */
export async function runBench(options: BenchOptions = {}): Promise<BenchResult> {
  const entries = readManifest();
  const model = await loadModel(findEntry(entries, options.model ?? "MC2x2Few"));
  const compared = await loadModel(findEntry(entries, options.conformModel ?? "MC2x1"));
  const result = {
    explore: await benchExplore(model, options),
    conform: await benchConform(compared, options),
  };
  const { growthSeconds = 600, memoryLimit = 2 ** 33, workers = 2, tools, signal } = options;
  if (growthSeconds > 0) options.onPart?.("growth over domains and vCPUs");
  const growth = await measureGrowth(model, {
    seconds: growthSeconds,
    memoryLimit,
    workers,
    ...(tools && { tools }),
    ...(signal && { signal }),
  });
  return { ...result, growth };
}

async function benchExplore(model: Model, options: BenchOptions): Promise<ExploreBench> {
  const { workers = 2, memoryLimit = 2 ** 33, onPart, tools, signal } = options;
  const system = systemOf(model);
  const invariants = [...model.invariants, ...model.properties];
  const common = { invariants, memoryLimit, ...(signal && { signal }) };
  onPart?.(`the explorer on ${model.name}, ${workers} workers`);
  const fast = await explore(system, { ...common, workers });
  onPart?.(`the explorer on ${model.name}, 1 worker`);
  const single = await explore(system, common);
  onPart?.("the bare table");
  const { widths } = single.stepper.packing;
  const table = measureTable(system, widths, single.distinct, single.generated);
  onPart?.(`TLC on ${model.name}, ${workers} workers`);
  const tlc = await runTlc({
    spec: model.specPath,
    config: model.cfgPath,
    workers,
    ...(tools && { tools }),
    ...(signal && { signal }),
  });
  for (const one of [fast, single]) checkCounts(model, one, tlc);
  const [tlcPerSecond, explorerPerSecond] = [tlc, fast].map((run) => run.generated / run.seconds);
  return {
    model: model.name,
    invariants: invariants.length,
    workers,
    distinct: fast.distinct,
    generated: fast.generated,
    depth: fast.depth,
    tlcSeconds: tlc.seconds,
    tlcPerSecond,
    explorerSeconds: fast.seconds,
    explorerPerSecond,
    singlePerSecond: single.generated / single.seconds,
    ratio: explorerPerSecond / tlcPerSecond,
    table,
    packedBytes: fast.memory.packedBytes,
    bytesBeyond: fast.memory.bytesBeyond,
    peakBytes: fast.memory.bytes,
  };
}

function checkCounts(model: Model, exploration: Exploration, tlc: TlcCounts): void {
  const { kind } = exploration.outcome;
  const counts = [finding("verdict", "holds", kind), ...countsComparisons({ exploration, tlc })];
  const differences = differing(counts);
  if (differences.length === 0) return;
  throw new VerifyError({
    code: "COUNTS_DIFFER",
    what: `the implementation has other counts than TLC on ${model.name}`,
    found: differences.map(comparisonText).join("; "),
    hint: "compare the graphs, to see where they differ: ffa-verify conform",
  });
}

async function benchConform(model: Model, options: BenchOptions): Promise<ConformBench> {
  const { tools, signal, onPart } = options;
  onPart?.(`TLC on ${model.name}, 1 worker, with its graph written out`);
  return withTemporaryDirectory("ffa-bench-", process.env, async (directory) => {
    const dump = join(directory, `${model.name}.dot`);
    const runs = { spec: model.specPath, config: model.cfgPath, ...(tools && { tools }) };
    const tlc = await runTlc({ ...runs, workers: 1, dump, ...(signal && { signal }) });
    onPart?.(`the comparison of ${model.name}`);
    const compared = conformModel(model, dump);
    if (!conforms(compared)) throw differs(model);
    const [tlcPerSecond, edgesPerSecond] = [
      tlc.generated / tlc.seconds,
      compared.edges / compared.seconds,
    ];
    return {
      model: model.name,
      edges: compared.edges,
      tlcPerSecond,
      edgesPerSecond,
      ratio: edgesPerSecond / tlcPerSecond,
    };
  });
}

function differs(model: Model): VerifyError {
  return new VerifyError({
    code: "COUNTS_DIFFER",
    what: `the implementation differs from the graph of ${model.name}: nothing to measure`,
    hint: `ffa-verify conform ${model.name}`,
  });
}
