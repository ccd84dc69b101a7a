import { closestMatch } from "leven";
import { ToolError } from "./ToolError.js";

/** More changes than this make another name. */
const MAX_CHANGES = 4;

/**
 * Refuses an option that is not known, which would otherwise change nothing in silence.
 *
 * @param known the names of all options, as the keys of an object
 * @throws ToolError TLC_BAD_OPTION
 */
export function checkOptionNames(options: object, known: Readonly<Record<string, true>>): void {
  const names = Object.keys(known);
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    const like = closestMatch(name, names, { maxDistance: MAX_CHANGES });
    throw new ToolError({
      code: "TLC_BAD_OPTION",
      what: `there is no option \`${name}\``,
      where: name,
      expected: `one of ${names.join(", ")}`,
      hint: like === undefined ? "Leave it out." : `Did you mean \`${like}\`?`,
    });
  }
}
