/** The texts of a graph in the dot format: what TLC printed, with backslashes before some of it. */

/** What stands before the first variable of a state in the dump, and between two of them. */
export const BEFORE_FIRST = "/\\\\ ";
export const BETWEEN = "\\n/\\\\ ";

/** What TLC printed: `\\n` stands for a line break, and any other character for itself. */
export function unescapeDot(text: string): string {
  return text.replace(/\\(.)/gs, (_, char: string) => (char === "n" ? "\n" : char));
}

/** The variables of a state of the dump, each with the text that TLC printed for its value. */
export function variablesOf(text: string): readonly (readonly [variable: string, value: string])[] {
  const conjuncts = unescapeDot(text).slice("/\\ ".length).split("\n/\\ ");
  return conjuncts.map((conjunct) => {
    const equals = conjunct.indexOf(" = ");
    return [conjunct.slice(0, equals), conjunct.slice(equals + " = ".length)];
  });
}
