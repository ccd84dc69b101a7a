/** Finds the invariants and action properties of a model, by name, for the implementation. */
import { VerifyError } from "../report/verifyError.js";
import type { Checkable } from "./clause.js";
import type { System } from "./programs.js";

export const checkableNames: readonly string[] = [];

export function mediatorCheckable(_system: System, _name: string): Checkable | undefined {
  return undefined;
}

export function unknownCheckable(name: string): VerifyError {
  return new VerifyError({
    code: "INVARIANT_UNKNOWN",
    what: `${name} cannot be checked on the implementation`,
    found: name,
  });
}
