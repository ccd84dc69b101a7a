/** Runs as JSON: the same names as in the tables, and nothing that depends on the terminal. */
import { formatValue } from "tla2tools-runner";
import { checkComparisons } from "../check/checkComparisons.js";
import type { CheckOutcome } from "../check/checkModel.js";
import { asExpected, type ModelRun } from "../check/modelRun.js";
import { type ConformOutcome, conforms, wronglyTaken } from "../conform/conformModel.js";
import type { Parting } from "../conform/conformSpec.js";
import { replayComparison } from "../replay/replayComparison.js";
import { formatSchedule } from "../replay/schedule.js";
import { reasonsFor } from "../report/reasons.js";
import { standingJson, standingsAtEnd } from "../report/standings.js";
import { agree, differing } from "../support/comparison.js";

export function checkJson(check: CheckOutcome): object {
  const { model, trace, ...rest } = check;
  const differences = differing(checkComparisons(check)).map(({ what, expected, found }) => {
    return { what, expected, found };
  });
  return {
    model: model.name,
    about: model.about,
    engine: rest.engine,
    engineName: rest.engineName,
    verdict: rest.verdict,
    expected: differences.length === 0,
    differences,
    message: rest.message ?? null,
    generated: rest.generated,
    distinct: rest.distinct,
    depth: rest.depth,
    seconds: rest.seconds,
    notChecked: rest.notChecked,
    trace: trace.map((state) =>
      Object.fromEntries([...state].map(([variable, value]) => [variable, formatValue(value)])),
    ),
  };
}

export function differenceJson(outcome: ConformOutcome): object | null {
  const { difference } = outcome;
  if (difference === undefined) return null;
  const { kind, action, parameters, behavior, model, implementation } = difference;
  return {
    kind,
    action,
    parameters: parameters ?? null,
    schedule: formatSchedule(behavior),
    reasons: reasonsFor(outcome),
    model: model ? Object.fromEntries(model) : null,
    implementation: implementation ? Object.fromEntries(implementation) : null,
  };
}

/** The first step that differs, and who took the model's steps; null where there is none. */
export function partingJson(parting: Parting | undefined): object | null {
  const difference = parting && differenceJson(parting.outcome);
  return parting && difference ? { by: parting.by, ...difference } : null;
}

export function conformJson(outcome: ConformOutcome): object {
  return {
    model: outcome.model.name,
    conforms: conforms(outcome),
    complete: outcome.isComplete,
    states: outcome.states,
    edges: outcome.edges,
    depth: outcome.depth,
    edgesPerSecond: outcome.edges / outcome.seconds,
    seconds: outcome.seconds,
    actions: Object.fromEntries(outcome.edgesByAction),
    actors: Object.fromEntries(
      outcome.stepper.system.actors.map(({ name }, i) => [name, outcome.edgesByActor[i]]),
    ),
    ...wronglyTaken(outcome),
    runsAudited: outcome.audited,
    difference: differenceJson(outcome),
  };
}

export function runJson(run: ModelRun): object {
  const standings = standingsAtEnd(run);
  const { digests } = run;
  return {
    ok: asExpected(run),
    check: checkJson(run.check),
    firstDifference: partingJson(run.parting),
    conformance: run.conformance ? conformJson(run.conformance) : null,
    digests: digests ? { ...digests, implementation: digests.implementation.digest } : null,
    ...(standings.length > 0 && { next: standings.map((standing) => standingJson(standing)) }),
    replay: run.replay
      ? {
          steps: run.replay.result.steps.length,
          reachesTheEnd: agree([replayComparison(run.check.trace.length, run.replay.result)]),
          schedule: formatSchedule(run.replay.result.steps),
        }
      : null,
  };
}
