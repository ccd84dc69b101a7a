/** Files as lines of text. */

/** Path from the root -> text. */
export type Files = ReadonlyMap<string, string>;

/** The lines of a text; a newline at its end begins no further line. */
export const linesOf = (text: string): readonly string[] => text.replace(/\n$/, "").split("\n");

/** The TypeScript files of src/ and verify/, but for tests. */
export const codeFiles = (files: Files): readonly (readonly [string, string])[] =>
  [...files].filter(([path]) => /^(src|verify)\/.*(?<!\.test)\.ts$/.test(path));
