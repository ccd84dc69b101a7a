/** What exploring the implementation found. */
import { Guards, type Standing } from "../explain/guards.js";
import { countsComparisons, exploreComparisons } from "../explore/exploreComparisons.js";
import { violationIn } from "../explore/exploreModel.js";
import type { ExploreOutcome } from "../explore/exploreOutcome.js";
import { modelsFlag } from "../model/paths.js";
import { machineAfter } from "../replay/machine.js";
import { formatSchedule } from "../replay/schedule.js";
import { agree, comparisonText, differing } from "../support/comparison.js";
import { behaviorRows, formatBehavior } from "./behaviorView.js";
import { formatParting } from "./differenceView.js";
import { colors, grouped, rate, seconds } from "./screen.js";
import { formatStandings } from "./standings.js";
import { formatTable } from "./table.js";

export function formatExplorations(outcomes: readonly ExploreOutcome[]): string {
  return formatTable(
    [
      { title: "model" },
      { title: "bounds" },
      { title: "explored" },
      { title: "distinct", align: "right" },
      { title: "generated", align: "right" },
      { title: "depth", align: "right" },
      { title: "TLC's counts" },
      { title: "generated/s", align: "right" },
      { title: "bytes/state", align: "right" },
      { title: "seconds", align: "right" },
    ],
    outcomes.map((outcome) => {
      const { model, bounds, exploration } = outcome;
      const { distinct, mappedDistinct, generated, depth, memory } = exploration;
      const own = distinct === mappedDistinct ? "" : ` (mapped ${grouped(mappedDistinct)})`;
      return [
        model.name,
        `${bounds.domains}x${bounds.vcpus}`,
        outcomeText(outcome),
        grouped(distinct) + own,
        grouped(generated),
        String(depth),
        countsText(outcome),
        rate(generated / exploration.seconds),
        `${memory.packedBytes}+${memory.bytesBeyond.toFixed(1)}`,
        seconds(exploration.seconds),
      ];
    }),
  );
}

function outcomeText(outcome: ExploreOutcome): string {
  const { exploration } = outcome;
  const paint = agree(exploreComparisons(outcome)) ? colors.green : colors.red;
  if (exploration.outcome.kind === "partial") {
    const { reason } = exploration.outcome;
    return colors.yellow(`PARTIAL (${reason === "aborted" ? "interrupted" : `limit: ${reason}`})`);
  }
  return paint(violationIn(outcome)?.name ?? "holds");
}

function countsText(outcome: ExploreOutcome): string {
  const counts = countsComparisons(outcome);
  if (counts.length === 0) return "not compared";
  return agree(counts) ? colors.green("equal") : colors.red("DIFFER");
}

/** What keeps each actor from going on in the state that a violation leads to. */
export function standingsIn(outcome: ExploreOutcome): readonly Standing[] {
  const { system, model } = outcome;
  const { states } = machineAfter(system, violationIn(outcome)?.behavior ?? []);
  return new Guards(model).standings(system, states[states.length - 1]);
}

/** Violations and differences, each with what replays it. */
export function formatExploreDetails(outcome: ExploreOutcome): string {
  const parts = differing(exploreComparisons(outcome)).map((difference) => {
    return `  ${colors.red(comparisonText(difference))}`;
  });
  if (outcome.parting !== undefined) parts.push(formatParting(outcome.parting));
  if (outcome.notChecked.length > 0) {
    parts.push(`  not checked on the code: ${outcome.notChecked.join(", ")}`);
  }
  const violation = violationIn(outcome);
  if (violation !== undefined) {
    const { system, model } = outcome;
    const { states } = machineAfter(system, violation.behavior);
    parts.push(
      `\n${violation.kind} ${violation.name}: ${violation.length} states\n`,
      formatBehavior(system, behaviorRows(system, violation.behavior, states, model)),
    );
    if (violation.kind === "deadlock") parts.push(`\n${formatStandings(standingsIn(outcome))}`);
    const { fault } = violation;
    if (fault !== undefined) {
      parts.push(`\n  then actor ${fault.actor}, ${fault.action}: ${fault.where}: ${fault.detail}`);
    }
    const schedule = formatSchedule(violation.behavior);
    const models = modelsFlag(model.cfgPath);
    parts.push(
      `\nreplay: npx ffa-verify replay --model ${model.name}${models} --schedule "${schedule}"`,
    );
  }
  return parts.join("\n");
}
