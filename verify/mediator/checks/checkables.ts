/** Finds the invariants and action properties of a model, by name, for the implementation. */
import type { Checkable } from "../../engine/clause.js";
import type { System } from "../system.js";
import { stateInvariants } from "./invariants.js";
import { lockInvariants } from "./lockInvariants.js";
import { MediatorParts } from "./mediatorView.js";
import { stepProperties } from "./stepProperties.js";

const invariants = { ...stateInvariants, ...lockInvariants };

/** The names of all invariants and action properties that can be checked on the implementation. */
export const checkableNames: readonly string[] = [
  ...Object.keys(invariants),
  ...Object.keys(stepProperties),
];

/** The invariant or action property of that name; undefined when there is none. */
export function mediatorCheckable(system: System, name: string): Checkable | undefined {
  const parts = new MediatorParts(system);
  if (Object.hasOwn(invariants, name)) {
    return { name, states: invariants[name](parts), steps: [] };
  }
  if (Object.hasOwn(stepProperties, name)) {
    return { name, states: [], steps: stepProperties[name](parts) };
  }
  return undefined;
}
