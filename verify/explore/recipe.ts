/** A system as plain data, so that a worker can build the one that its starter has. */
import type { MediatorOptions } from "../../src/options.js";
import { assertNever } from "../../src/sync/index.js";
import type { ModelCall } from "../correspondence/words.js";
import { createSystem, type Explorable } from "./programs.js";
import { createScriptedSystem, type Script } from "./scripted.js";

export type SystemRecipe =
  | {
      readonly kind: "mediator";
      readonly options: MediatorOptions;
      readonly calls: readonly ModelCall[];
    }
  | { readonly kind: "scripted"; readonly script: Script };

/** The system that a recipe describes: the same one each time. */
export function systemOf(recipe: SystemRecipe): Explorable {
  switch (recipe.kind) {
    case "mediator":
      return createSystem(recipe.options, recipe.calls);
    case "scripted":
      return createScriptedSystem(recipe.script);
    default:
      return assertNever(recipe);
  }
}
