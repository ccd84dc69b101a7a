/** Modules that TLC alone reads: those with an INSTANCE, which the reader of the tools refuses. */
import { join } from "node:path";
import { findModuleTexts } from "tla2tools-runner";
import { VerifyError } from "../support/verifyError.js";

/** An INSTANCE at the beginning of a line, behind the name that it may have. */
const INSTANCE = /^[ \t]*(?:LOCAL\s+)?(?:\w+\s*==\s*)?INSTANCE\b/m;

export const isForTlcAlone = (text: string): boolean => INSTANCE.test(text);

/**
 * The module that stands for one that TLC alone reads: what it extends has the constants and the
 * actions, and its own part is nothing but what TLC checks.
 *
 * @throws VerifyError SPEC_UNSUPPORTED when it does not extend exactly one module of its directory
 * @throws ToolError TLA_UNSUPPORTED
 */
export async function moduleInPlaceOf(directory: string, moduleName: string): Promise<string> {
  const spec = join(directory, `${moduleName}.tla`);
  const texts = await findModuleTexts(spec);
  const extended = texts.get(moduleName)?.extends.filter((name) => texts.has(name)) ?? [];
  if (extended.length === 1) return extended[0];
  throw new VerifyError({
    code: "SPEC_UNSUPPORTED",
    what: "a module with an INSTANCE is checked by TLC alone, and nothing can stand for it",
    where: spec,
    expected: "EXTENDS of one module beside it, which the other tools read in its place",
    found: `EXTENDS of ${extended.length === 0 ? "none" : extended.join(", ")}`,
    hint: "compare it with model/MCRefinement.tla",
  });
}
