/** Traces in tables: how they were made, how their replay ended, and where it differs. */
import type { Model } from "../mediator/model.js";
import { modelsFlag } from "../model/paths.js";
import { machineAfter } from "../replay/machine.js";
import { formatSchedule } from "../replay/schedule.js";
import { agree, type Comparison, differing } from "../support/comparison.js";
import type { MismatchKind } from "../traces/graphWalk.js";
import type { Mismatch, NamedStep } from "../traces/mismatch.js";
import { type ReplayedTraces, replayComparisons } from "../traces/replayTraces.js";
import type { TracesHead } from "../traces/tracesFile.js";
import { behaviorRows, formatBehavior } from "./behaviorView.js";
import { formatSideBySide } from "./differenceView.js";
import { colors, counted, grouped, rate, seconds } from "./screen.js";
import { formatTable } from "./table.js";

/** A file that was written. */
export interface MadeFile {
  readonly model: Model;
  readonly head: TracesHead;
  /** Bytes. */
  readonly size: number;
  readonly seconds: number;
}

/** A trace that is kept by itself. */
interface Kept {
  readonly name: string;
  readonly model: string;
  readonly comparison: Comparison;
}

const right = (title: string) => ({ title, align: "right" as const });
const sumOf = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((sum, item) => sum + amount(item), 0);

export function formatMadeTraces(made: readonly MadeFile[]): string {
  const rowOf = (name: string, of: readonly MadeFile[]): readonly string[] => {
    const steps = sumOf(of, ({ head }) => head.steps);
    const fewest = sumOf(of, ({ head }) => head.fewestSteps);
    return [
      name,
      grouped(sumOf(of, ({ head }) => head.edges)),
      grouped(sumOf(of, ({ head }) => head.behaviors)),
      grouped(steps),
      grouped(fewest),
      (steps / fewest).toFixed(2),
      grouped(sumOf(of, ({ size }) => size)),
    ];
  };
  const columns = ["edges", "behaviors", "steps", "fewest steps", "ratio", "bytes"].map(right);
  const all = made.length > 1 ? [rowOf("all", made)] : [];
  const rows = [...made.map((each) => rowOf(each.model.name, [each])), ...all];
  return formatTable([{ title: "model" }, ...columns], rows);
}

export function formatReplayedTraces(
  replayed: readonly ReplayedTraces[],
  kept: readonly Kept[],
): string {
  const rowOf = (name: string, verdict: string, of: readonly ReplayedTraces[]) => {
    const steps = sumOf(of, (each) => each.steps);
    const took = sumOf(of, (each) => each.seconds);
    const cpu = sumOf(of, (each) => each.cpuSeconds);
    return [
      name,
      verdict,
      grouped(sumOf(of, (each) => each.behaviors)),
      grouped(steps),
      grouped(sumOf(of, ({ head }) => head.fewestSteps)),
      seconds(sumOf(of, (each) => each.secondsToLoad)),
      seconds(took),
      rate(steps / took),
      rate(steps / cpu),
    ];
  };
  const verdictOf = (each: readonly Comparison[], good: string): string =>
    agree(each) ? colors.green(good) : colors.red("DIFFERS");
  const columns = ["behaviors", "steps", "fewest steps", "loading s", "replay s"].map(right);
  const rows = replayed.map((each) => {
    return rowOf(each.model.name, verdictOf(replayComparisons(each), "equal"), [each]);
  });
  const total = replayed.length > 1 ? [rowOf("all", "", replayed)] : [];
  const rates = ["steps/s", "per CPU s"].map(right);
  const table = formatTable(
    [{ title: "model" }, { title: "implementation" }, ...columns, ...rates],
    [...rows, ...total],
  );
  const differences = replayed.flatMap((each) =>
    each.mismatch ? [] : [formatDifferences(each.model.name, replayComparisons(each))],
  );
  const traces = kept.map(({ name, model, comparison }) => {
    return `kept trace ${name} of ${model}: ${verdictOf([comparison], "replays")}`;
  });
  return [table, ...differences.filter((text) => text !== ""), ...traces].join("\n");
}

const formatDifferences = (name: string, comparisons: readonly Comparison[]): string =>
  differing(comparisons)
    .map(({ what, expected, found }) => `  ${name}, ${what}: ${expected} expected, ${found} found`)
    .join("\n");

/** What a file was made from and what is there now, where the two differ. */
export function formatStale(model: Model, comparisons: readonly Comparison[]): string {
  const lines = differing(comparisons).map(({ what, expected, found }) => {
    return `  ${what}: ${expected} now, ${found} when it was written`;
  });
  const again = `npx ffa-verify traces export ${model.name}${modelsFlag(model.cfgPath)}`;
  return [`${colors.red(`${model.name}: stale`)}; write it anew: ${again}`, ...lines].join("\n");
}

const WHAT: Readonly<Record<MismatchKind, string>> = {
  "initial-state": "the initial states differ",
  enabled: "other steps are enabled",
  state: "the implementation does not come to the model's state",
  "hidden-state": "the implementation has two states where the model sees one",
  fault: "the implementation's step misuses shared memory",
};

/** The first place where the implementation differs, behind a shortest behavior to it. */
export function formatMismatch(replayed: ReplayedTraces): string {
  const { model, mismatch, stepper } = replayed;
  if (mismatch === undefined) return "";
  const { kind, step, missing, extra, fault, taken, behavior } = mismatch;
  const steps = stepsOf(mismatch);
  const { states } = machineAfter(stepper.system, steps);
  const detail = step ? nameOf(step) : (fault ?? "");
  const again = `npx ffa-verify replay --model ${model.name}${modelsFlag(model.cfgPath)}`;
  return [
    `${model.name}, behavior ${behavior}: ${colors.red(WHAT[kind])}${detail && `: ${detail}`}`,
    `  behind ${counted(taken.length, "step")}:`,
    formatBehavior(stepper.system, behaviorRows(stepper.system, steps, states, model)),
    ...(missing.length > 0 ? [`  only the model has: ${missing.map(nameOf).join(", ")}`] : []),
    ...(extra.length > 0 ? [`  only the code has: ${extra.map(nameOf).join(", ")}`] : []),
    ...(kind === "enabled" || kind === "fault"
      ? []
      : [formatSideBySide(mismatch.model, mismatch.implementation)]),
    `  replay: ${again} --schedule "${formatSchedule(steps)}"`,
  ].join("\n");
}

export function mismatchJson({ mismatch }: ReplayedTraces): object | null {
  if (mismatch === undefined) return null;
  const { kind, behavior, step, missing, extra, fault, model, implementation } = mismatch;
  return {
    ...{ kind, behavior, step: step ?? null, missing, extra, fault: fault ?? null },
    schedule: formatSchedule(mismatch.taken),
    model: Object.fromEntries(model),
    implementation: implementation ? Object.fromEntries(implementation) : null,
  };
}

const stepsOf = ({ taken }: Mismatch) =>
  taken.map(({ actor, branch, operation }) => ({ actor, branch, action: operation.label }));

const nameOf = ({ actor, action }: NamedStep): string => `${action} of actor ${actor}`;
