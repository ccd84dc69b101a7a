/** Runs as JSON: the same names as in the tables, and nothing that depends on the terminal. */
import { formatValue } from "tla2tools-runner";
import type { CheckOutcome } from "../check/checkModel.js";
import type { GraphComparison } from "../check/firstDifference.js";
import { asExpected, type ModelRun } from "../check/modelRun.js";
import type { ConformOutcome } from "../conform/conformModel.js";
import { conforms } from "../conform/conformModel.js";
import { formatSchedule } from "../replay/schedule.js";
import { reasonsFor } from "../report/reasons.js";
import { standingJson, standingsAtEnd } from "../report/standings.js";

export function checkJson(check: CheckOutcome): object {
  const { model, trace, ...rest } = check;
  return {
    model: model.name,
    about: model.about,
    engine: rest.engine,
    engineName: rest.engineName,
    verdict: rest.verdict,
    expected: rest.differences.length === 0,
    differences: rest.differences,
    message: rest.message ?? null,
    generated: rest.generated ?? null,
    distinct: rest.distinct,
    depth: rest.depth ?? null,
    seconds: rest.seconds,
    notChecked: rest.notChecked,
    trace: trace.map((state) =>
      Object.fromEntries([...state].map(([variable, value]) => [variable, formatValue(value)])),
    ),
  };
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
    neverTaken: outcome.neverTaken,
    unexpectedlyTaken: outcome.unexpectedlyTaken,
    runsAudited: outcome.audited,
    difference: differenceJson(outcome),
  };
}

function differenceJson(outcome: ConformOutcome): object | null {
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

/** Where the graphs behind differing counts first differ; null when that was not asked. */
export function graphsJson(graphs: GraphComparison | undefined): object | null {
  switch (graphs?.kind) {
    case undefined:
      return null;
    case "not-compared":
      return graphs;
    case "compared": {
      const { kind, graphOf, conformance } = graphs;
      const { states, edges } = conformance;
      return { kind, graphOf, states, edges, difference: differenceJson(conformance) };
    }
  }
}

export function runJson(run: ModelRun): object {
  const standings = standingsAtEnd(run);
  return {
    ok: asExpected(run),
    check: checkJson(run.check),
    conformance: run.conformance ? conformJson(run.conformance) : null,
    digests: run.digests ?? null,
    ...(standings.length > 0 && { next: standings.map(standingJson) }),
    replay: run.replay
      ? {
          steps: run.replay.result.steps.length,
          reachesTheEnd: run.replay.result.divergence === undefined,
          schedule: formatSchedule(run.replay.result.steps),
        }
      : null,
  };
}
