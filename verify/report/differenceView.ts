/** Where model and implementation part: the behavior that leads there, and the two states. */

import type { DifferenceKind } from "../conform/conform.js";
import type { ConformOutcome } from "../conform/conformModel.js";
import type { Parting } from "../conform/conformSpec.js";
import { stateTextOf } from "../mediator/refinement.js";
import type { System } from "../mediator/system.js";
import { modelsFlag } from "../model/paths.js";
import type { StateText } from "../model/stateText.js";
import { differing, type ReplayResult } from "../replay/replayTrace.js";
import { formatSchedule } from "../replay/schedule.js";
import { behaviorRows, formatBehavior } from "./behaviorView.js";
import { divergenceReasons, reasonsFor } from "./reasons.js";
import { colors, counted, grouped } from "./screen.js";
import type { PlacedModel } from "./sourcePlaces.js";
import { formatTable } from "./table.js";

const WHAT: Readonly<Record<DifferenceKind, string>> = {
  "initial-state": "the initial states differ",
  "model-only": "the model takes a step that the implementation does not offer",
  "implementation-only": "the implementation offers a step that the model does not take",
  "other-state": "the same step leads to different states",
  "hidden-state": "the implementation has two states where the model sees one",
  fault: "the implementation's step misuses shared memory",
};

export function formatDifference(outcome: ConformOutcome): string {
  const { difference, stepper, model } = outcome;
  if (difference === undefined) return "";
  const { behavior, kind, parameters } = difference;
  const action = `${difference.action}${parameters === undefined ? "" : `(${parameters})`}`;
  const states = [stepper.initial, ...behavior.map(({ state }) => state)].map((words) => {
    return stateTextOf(stepper, words);
  });
  const schedule = formatSchedule(behavior);
  const models = modelsFlag(model.cfgPath);
  const length = counted(states.length, "state");
  return [
    `  ${colors.red(`${WHAT[kind]}: ${action}`)}, behind a behavior of ${length}`,
    "",
    formatBehavior(stepper.system, behaviorRows(stepper.system, behavior, states, model)),
    "",
    ...reasonsFor(outcome).map((reason) => `  ${reason}`),
    formatSideBySide(difference.model, difference.implementation),
    `  replay: npx ffa-verify replay --model ${model.name}${models} --schedule "${schedule}"`,
  ].join("\n");
}

/** Where counts come from: the first step that differs, or how far there is none. */
export function formatParting({ outcome, by, isWhole }: Parting): string {
  if (outcome.difference !== undefined)
    return `  with the model's steps from ${by}:\n${formatDifference(outcome)}`;
  const among = `${grouped(outcome.edges)} steps from ${grouped(outcome.states)} states, by ${by}`;
  if (isWhole) return `  model and implementation agree on all ${among}`;
  const all = `npx ffa-verify conform ${outcome.model.name}${modelsFlag(outcome.model.cfgPath)}`;
  return `  model and implementation agree on the first ${among}; on the rest: ${all}`;
}

export function formatDivergence(model: PlacedModel, system: System, result: ReplayResult): string {
  const { divergence, steps, states } = result;
  if (divergence === undefined) return "";
  const action = divergence.step?.action ?? "no step";
  const reasons = divergenceReasons(system, result);
  const does = divergence.back ? "come back to" : "reach";
  return [
    `  ${colors.red(`the implementation does not ${does} state ${divergence.state} of the trace`)}`,
    `  nearest step: ${action}`,
    "",
    formatBehavior(system, behaviorRows(system, steps, states, model)),
    "",
    ...reasons.map((reason) => `  ${reason}`),
    formatSideBySide(divergence.model, divergence.implementation),
  ].join("\n");
}

/** Two states, the variables that differ marked and first. */
export function formatSideBySide(
  model: StateText | undefined,
  implementation: StateText | undefined,
): string {
  if (model === undefined && implementation === undefined) return "";
  if (model === undefined || implementation === undefined) {
    const [who, state] =
      model === undefined ? ["implementation", implementation] : ["model", model];
    const lines = [...(state ?? [])].map(([variable, value]) => `    ${variable} = ${value}`);
    return [`  the ${who}'s step leads to`, ...lines].join("\n");
  }
  const different = new Set(differing(implementation, model));
  const order = [...implementation.keys()].sort(
    (a, b) => Number(different.has(b)) - Number(different.has(a)),
  );
  return formatTable(
    [{ title: "" }, { title: "variable" }, { title: "model" }, { title: "implementation" }],
    order.map((variable) => [
      different.has(variable) ? colors.red("*") : "",
      variable,
      model.get(variable) ?? "",
      implementation.get(variable) ?? "",
    ]),
  );
}
