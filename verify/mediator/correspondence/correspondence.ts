/** The one table of the correspondence: variable, field, C field; action, label, C function. */
import { type ActionRow, actions } from "./actions.js";
import { localVariables, workAfter } from "./localVariables.js";
import { type SharedVariable, sharedVariables } from "./sharedVariables.js";
import { type Unmirrored, unmirrored } from "./unmirrored.js";

export interface Correspondence {
  readonly actions: readonly ActionRow[];
  readonly sharedVariables: readonly Pick<
    SharedVariable,
    "variable" | "over" | "location" | "slots" | "c"
  >[];
  readonly localVariables: readonly string[];
  /** The actions at which a task keeps or forgets something. */
  readonly workActions: readonly string[];
  readonly unmirrored: readonly Unmirrored[];
}

export const correspondence: Correspondence = {
  actions,
  sharedVariables,
  localVariables,
  workActions: Object.keys(workAfter),
  unmirrored,
};
