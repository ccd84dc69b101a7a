/** The states of a behavior, as the model writes them. */
import { systemOf } from "../mediator/createSystem.js";
import { loadModel } from "../mediator/loadModel.js";
import type { Model } from "../mediator/model.js";
import { findEntry, readManifest } from "../model/manifest.js";
import type { Behavior } from "./behaviors.js";
import { type StateValues, valuesOf } from "./seenValues.js";
import { walk } from "./walk.js";

export interface LoadedBehavior extends Behavior {
  readonly spec: Model["spec"];
  readonly states: readonly StateValues[];
  /** The actions taken, in their order. */
  readonly actions: readonly string[];
}

/** @throws VerifyError as loading a model does */
export async function loadBehavior(
  behavior: Behavior,
  directory?: string,
): Promise<LoadedBehavior> {
  const entry = findEntry(readManifest(directory), behavior.model);
  const model = await loadModel(entry, directory);
  const { steps, states } = walk(systemOf(model), behavior);
  const actions = steps.map(({ action }) => action);
  return { ...behavior, spec: model.spec, states: states.map(valuesOf), actions };
}
