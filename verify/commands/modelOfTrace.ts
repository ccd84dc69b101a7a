/** Which model a trace is of, when its file does not say: by its variables, then by its steps. */
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import { coreVariables, replayTrace } from "../replay/replayTrace.js";
import { theoryOf } from "../spec/specData.js";
import { VerifyError } from "../support/verifyError.js";
import { chooseModels } from "./common.js";
import type { TraceFile } from "./traceFile.js";

/**
 * The one model of the manifest that has the trace's variables and whose configuration of the
 * implementation takes all its steps.
 *
 * @throws VerifyError USAGE where there is none, or more than one
 */
export async function modelOfTrace(
  file: string,
  { states, loop }: Pick<TraceFile, "states" | "loop">,
  directory: string | undefined,
): Promise<Model> {
  // Those for TLC alone ask other things of systems that others are about.
  const all = await chooseModels([], ({ tlcAlone }) => tlcAlone !== true, directory);
  const candidates = modelsOfVariables(all, [...states[0].keys()]);
  const ends = candidates.map((model) => replayTrace(systemOf(model), states, { loop }).divergence);
  const fits = candidates.filter((_, i) => ends[i] === undefined);
  if (fits.length === 1) return fits[0];
  if (fits.length > 1) throw namesNoModel(file, `all its steps: ${listOf(fits)}`, fits);
  if (candidates.length === 0) {
    const variables = [...states[0].keys()].join(", ");
    throw namesNoModel(file, `no model has its variables, which are ${variables}`);
  }
  // A lasso that does not come back was followed to its end.
  const reached = ends.map((end) => (end?.back === false ? end.state - 1 : states.length));
  const farthest = Math.max(...reached);
  if (farthest === 0) throw namesNoModel(file, "no model starts in its first state");
  const near = candidates.filter((_, i) => reached[i] === farthest);
  const end = `as far as state ${farthest} of ${states.length}`;
  throw namesNoModel(file, `no model takes all its steps; ${end}: ${listOf(near)}`, near);
}

/** The models with just these variables; where there are none, those that have no others. */
function modelsOfVariables(
  models: readonly Model[],
  variables: readonly string[],
): readonly Model[] {
  const given = new Set(variables);
  const covered = models.filter(({ spec }) => {
    return [...coreVariables, ...theoryOf(spec).variables].every((name) => given.has(name));
  });
  const exact = covered.filter(({ spec }) => theoryOf(spec).variables.length === given.size);
  return exact.length > 0 ? exact : covered;
}

const listOf = (models: readonly Model[]): string => models.map(({ name }) => name).join(", ");

function namesNoModel(file: string, found: string, near: readonly Model[] = []): VerifyError {
  return new VerifyError({
    code: "USAGE",
    what: "the trace names no model; give it with --model",
    where: file,
    found,
    hint: `ffa-verify replay "${file}" --model ${near[0]?.name ?? "NAME"}`,
  });
}
