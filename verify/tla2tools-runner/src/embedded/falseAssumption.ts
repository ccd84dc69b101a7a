import { evaluate } from "../evaluate/evaluate.js";
import type { OpenModel } from "../evaluate/openModel.js";
import type { Place } from "../module/Expression.js";
import type { ParsedSpec } from "../module/parseModule.js";

/** Where the first ASSUME stands that is false. */
export function falseAssumption(
  { modules }: Pick<ParsedSpec, "modules">,
  { theory }: OpenModel,
): Place | undefined {
  return modules
    .flatMap(({ assumptions }) => assumptions)
    .find(({ body }) => {
      const value = evaluate(body, { theory });
      return value === true
        ? false
        : value === false || theory.failAt(body.place)("an assumption is no boolean");
    })?.place;
}
