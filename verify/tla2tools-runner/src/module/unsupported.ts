import { ToolError } from "../support/ToolError.js";

/**
 * The coded error for what SANY takes and the typed tree cannot hold.
 *
 * @param where `file:line:column`.
 */
export function unsupported(
  what: string,
  where: string,
  hint = "TLC may check it all the same; to have it as a tree, write it in another way.",
): ToolError {
  return new ToolError({
    code: "TLA_UNSUPPORTED",
    what: `the module cannot be held as a tree: ${what}`,
    where,
    hint,
  });
}
