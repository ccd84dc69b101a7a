/** The tables and the failures of a run over models. */
import { checkComparisons } from "../check/checkComparisons.js";
import type { CheckOutcome } from "../check/checkModel.js";
import { digestComparisons, type ModelRun, runComparisons } from "../check/modelRun.js";
import { type ConformOutcome, conformComparisons, conforms } from "../conform/conformModel.js";
import type { Model } from "../mediator/model.js";
import { manifestPlace } from "../model/manifest.js";
import { modelsFlag } from "../model/paths.js";
import { readCoreSpec } from "../model/specActions.js";
import { replayComparison } from "../replay/replayComparison.js";
import { agree, type Comparison, comparisonText, differing } from "../support/comparison.js";
import { VerifyError } from "../support/verifyError.js";
import { behaviorRows, formatBehavior } from "./behaviorView.js";
import { formatDifference, formatDivergence, formatParting } from "./differenceView.js";
import { colors, grouped, rate, seconds, widthOf } from "./screen.js";
import { formatStandings, standingsAtEnd } from "./standings.js";
import { formatTable, wrapWords } from "./table.js";

const good = (text: string): string => colors.green(text);
const bad = (text: string): string => colors.red(text);

export function formatChecks(checks: readonly CheckOutcome[]): string {
  return formatTable(
    [
      { title: "model" },
      { title: "engine" },
      { title: "verdict" },
      { title: "expected" },
      { title: "generated", align: "right" },
      { title: "distinct", align: "right" },
      { title: "depth", align: "right" },
      { title: "seconds", align: "right" },
    ],
    checks.map((check) => [
      check.model.name,
      check.engineName,
      check.verdict,
      agree(checkComparisons(check)) ? good("yes") : bad("NO"),
      grouped(check.generated),
      grouped(check.distinct),
      String(check.depth),
      seconds(check.seconds),
    ]),
  );
}

export function formatConformance(outcomes: readonly ConformOutcome[]): string {
  return formatTable(
    [
      { title: "model" },
      { title: "implementation" },
      { title: "states", align: "right" },
      { title: "edges", align: "right" },
      { title: "actions", align: "right" },
      { title: "edges/s", align: "right" },
      { title: "seconds", align: "right" },
    ],
    outcomes.map((outcome) => [
      outcome.model.name,
      conformanceText(outcome),
      grouped(outcome.states),
      grouped(outcome.edges),
      String(outcome.edgesByAction.size),
      rate(outcome.edges / outcome.seconds),
      seconds(outcome.seconds),
    ]),
  );
}

function conformanceText(outcome: ConformOutcome): string {
  if (!conforms(outcome)) return bad("DIFFERS");
  return outcome.isComplete ? good("equal") : "equal so far";
}

/** The counterexamples that were expected: each hazard, its length, and whether the code has it. */
export function formatHazards(runs: readonly ModelRun[]): string {
  return formatTable(
    [
      { title: "hazard" },
      { title: "model" },
      { title: "violates" },
      { title: "states", align: "right" },
      { title: "replayed on the implementation" },
    ],
    runs.flatMap(({ model, check, replay }) => {
      if (model.hazard === undefined || replay === undefined) return [];
      const { steps } = replay.result;
      const isWhole = agree([replayComparison(check.trace.length, replay.result)]);
      const reached = isWhole ? good(`all ${steps.length} steps`) : bad("DIVERGES");
      return [
        [
          model.hazard,
          model.name,
          model.expect.violates ?? "",
          String(check.trace.length),
          reached,
        ],
      ];
    }),
  );
}

/** What TLC and the implementation sum their graphs up to; empty when none was. */
export function formatDigests(runs: readonly ModelRun[]): string {
  const lines = runs.flatMap(({ model, check, digests }) => {
    if (digests === undefined) return [];
    const same = agree(digestComparisons(check, digests));
    const verdict = same ? good("equal") : bad("DIFFER");
    const of = [digests.tlc, digests.implementation.digest];
    const [tlc, implementation] = of.map((sums) => sums.join(" "));
    return [`${model.name}: ${verdict}, TLC ${tlc}, implementation ${implementation}`];
  });
  return lines.length === 0 ? "" : `digests of whole graphs\n${lines.join("\n")}`;
}

/** How often each action was compared, over all models, in the order of the spec. */
export function formatActions(outcomes: readonly ConformOutcome[]): string {
  const counts = readCoreSpec().actions.map(({ name: action }) => ({
    action,
    count: outcomes.reduce((sum, { edgesByAction }) => sum + (edgesByAction.get(action) ?? 0), 0),
  }));
  const items = counts.filter(({ count }) => count > 0);
  const listed = items.map(({ action, count }) => `${action} ${grouped(count)}`).join(", ");
  const missing = counts.filter(({ count }) => count === 0).map(({ action }) => action);
  const rest = missing.length === 0 ? "none is without" : `without: ${missing.join(", ")}`;
  const text = `edges by action: ${listed}; ${rest}`;
  return wrapWords(text, widthOf(process.stdout), "  ", /[,;]/);
}

/** Everything about a run that is not as expected; empty when all is. */
export function formatFailure(run: ModelRun): string {
  const differences = differing(runComparisons(run));
  if (differences.length === 0) return "";
  const { model, check, conformance, replay, parting } = run;
  const parts = [`${colors.bold(model.name)} (${model.about})`];
  const ofManifest = differing(checkComparisons(check));
  if (ofManifest.length > 0) {
    parts.push(manifestDiffers(model, ofManifest).format());
    if (check.message !== undefined) parts.push(`  ${check.message}`);
    if (replay !== undefined) parts.push(formatTrace(run));
  }
  parts.push(...differences.slice(ofManifest.length).map(differenceLine));
  if (parting !== undefined) parts.push(formatParting(parting));
  if (conformance?.difference !== undefined) parts.push(formatDifference(conformance));
  if (replay?.result.divergence !== undefined)
    parts.push(formatDivergence(model, replay.system, replay.result));
  const command = conformance ? "conform" : "check";
  parts.push(`  reproduce: npx ffa-verify ${command} ${model.name}${modelsFlag(model.cfgPath)}`);
  return parts.join("\n");
}

const differenceLine = (difference: Comparison): string => `  ${bad(comparisonText(difference))}`;

function manifestDiffers(model: Model, differences: readonly Comparison[]): VerifyError {
  const list = (side: "expected" | "found") =>
    differences.map((each) => `${each.what} ${each[side]}`).join(", ");
  return new VerifyError({
    code: "MANIFEST_DIFFERS",
    what: "the run does not show what the manifest says",
    where: manifestPlace(model),
    expected: list("expected"),
    found: list("found"),
    hint: "if the model was meant to change: write this into the manifest, in the same commit",
  });
}

export function formatNonConformance(outcome: ConformOutcome): string {
  const lines = differing(conformComparisons(outcome)).map(differenceLine);
  return [...lines, formatDifference(outcome)].join("\n");
}

/** The counterexample as lanes, as far as the implementation takes it. */
export function formatTrace(run: ModelRun): string {
  const { replay, check } = run;
  if (replay === undefined) return "";
  const { system, result } = replay;
  const standings = standingsAtEnd(run);
  const next = standings.length === 0 ? "" : `\n${formatStandings(standings)}\n`;
  const rows = behaviorRows(system, result.steps, result.states, run.model);
  const lanes = formatBehavior(system, rows);
  const back = check.loop === undefined ? "" : `, and for ever on from state ${check.loop + 1}`;
  return `\n${check.verdict}: ${check.trace.length} states${back}\n\n${lanes}\n${next}`;
}
