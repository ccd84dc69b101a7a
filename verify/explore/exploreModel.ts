/** Explores the implementation as one model configures it, and compares with TLC's counts. */

import { type CompareSteps, partingOf } from "../conform/conformSpec.js";
import { unknownCheckable } from "../engine/explorable.js";
import type { Exploration, ExploreOptions, Violation } from "../engine/exploration.js";
import { explore } from "../engine/explore.js";
import { type Bounds, boundsOf, systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";
import { VerifyError } from "../support/verifyError.js";
import { countsComparisons } from "./exploreComparisons.js";
import { exploreMonitored, watchedSystem } from "./exploreMonitored.js";
import type { ExploreOutcome, TlcCounts } from "./exploreOutcome.js";

export interface ExploreModelOptions extends Omit<ExploreOptions, "invariants"> {
  readonly bounds?: Bounds | undefined;
  readonly isSample?: boolean;
  /** What looks for the first step that differs; the embedded evaluator by default. */
  readonly compareSteps?: CompareSteps | undefined;
}

export async function exploreModel(
  model: Model,
  options: ExploreModelOptions,
  tlc?: TlcCounts,
): Promise<ExploreOutcome> {
  const { bounds = boundsOf(model), isSample = false, compareSteps, ...rest } = options;
  const system = systemOf(model, bounds);
  const names = [...model.invariants, ...model.properties];
  const watched = watchedSystem(model, system);
  const limited = [rest.stateLimit, rest.secondsLimit, rest.memoryLimit].some(
    (n) => n !== undefined,
  );
  if (watched !== undefined && limited) throw takesNoLimits(model);
  const exploration =
    watched === undefined
      ? await exploreUnmonitored(model, system, rest)
      : exploreMonitored(watched, names);
  const { checked } = exploration;
  const counts = countsComparisons({ exploration, tlc });
  return {
    model,
    bounds,
    system,
    exploration,
    notChecked: names.filter((name) => !checked.includes(name)),
    tlc,
    isSample,
    parting: await partingOf(model, counts, rest.signal, compareSteps),
  };
}

/**
 * @throws VerifyError INVARIANT_UNKNOWN when what the model must violate is not checked on the
 * code
 */
function exploreUnmonitored(
  model: Model,
  system: System,
  options: ExploreOptions,
): Promise<Exploration> {
  const names = [...model.invariants, ...model.properties];
  // What sums a graph up has effects of its own, and only TLC knows its registers.
  const checkable = model.digest === true ? [] : names;
  const invariants = checkable.filter((name) => system.checkable(name) !== undefined);
  const { violates } = model.expect;
  if (violates !== undefined && !invariants.includes(violates))
    throw unknownCheckable(system, violates);
  return explore(system, { deadlock: model.checkDeadlock, ...options, invariants });
}

function takesNoLimits(model: Model): VerifyError {
  return new VerifyError({
    code: "USAGE",
    what: `${model.name} has a monitor, and an exploration with one takes no limits`,
    hint: "leave the limits out; models with a monitor are small",
  });
}

export const violationIn = ({ exploration }: ExploreOutcome): Violation | undefined =>
  exploration.outcome.kind === "violation" ? exploration.outcome.violation : undefined;
