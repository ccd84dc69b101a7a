import { basename, dirname } from "node:path";
import { findModule } from "../support/findModule.js";
import { stripComments } from "../support/stripComments.js";
import { sha256Of } from "../tools/inspectJar.js";
import { standardModules } from "./TlaModule.js";
import { unsupported } from "./unsupported.js";

/** What the text of a module says by itself, without a parser. */
export interface ModuleText {
  readonly name: string;
  readonly file: string;
  readonly sha256: string;
  /** The names after its EXTENDS. */
  readonly extends: readonly string[];
}

/** Standard modules extend one another too. */
const STANDARD_EXTENDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["Integers", ["Naturals"]],
]);

/**
 * Finds the file of a module and of all that it extends: beside the module, then in the libraries.
 *
 * @returns Those that have a file, by name, each behind those that it extends.
 * @throws ToolError TLA_UNSUPPORTED if a name in EXTENDS is neither a file nor a known standard
 *   module, or is both, and if a module stands inside another one.
 */
export async function findModuleTexts(
  spec: string,
  libraries: readonly string[] = [],
): Promise<ReadonlyMap<string, ModuleText>> {
  const directories = [dirname(spec), ...libraries];
  const found = new Map<string, ModuleText>();
  const begun = new Set<string>();
  const visit = async (name: string, place: string): Promise<void> => {
    if (begun.has(name)) return;
    begun.add(name);
    const module = await findModule(name, directories);
    checkKind(name, module?.file, place);
    if (module === undefined) return;
    const { file, bytes } = module;
    const text = new TextDecoder().decode(bytes);
    const names = readExtends(text, file);
    for (const { name: other, line, column } of names) {
      await visit(other, `${file}:${line}:${column}`);
    }
    const sha256 = sha256Of(bytes);
    found.set(name, { name, file, sha256, extends: names.map(({ name: other }) => other) });
  };
  await visit(basename(spec, ".tla"), `${spec}:1:1`);
  return found;
}

/** The modules that one extends, directly or not, each behind those that it extends itself. */
export function allExtended(name: string, texts: ReadonlyMap<string, ModuleText>): string[] {
  const names = new Set<string>();
  const begun = new Set<string>();
  const visit = (module: string): void => {
    if (begun.has(module)) return;
    begun.add(module);
    const direct = texts.get(module)?.extends ?? STANDARD_EXTENDS.get(module) ?? [];
    for (const other of direct) visit(other);
    if (module !== name) names.add(module);
  };
  visit(name);
  return [...names];
}

function checkKind(name: string, file: string | undefined, place: string): void {
  const isStandard = standardModules.has(name);
  if (isStandard && file !== undefined) {
    const hint = `Give ${file} another name.`;
    throw unsupported(`the standard module ${name} is replaced by a file`, place, hint);
  }
  if (!isStandard && file === undefined) {
    const hint = "Put its file beside the module that extends it, or name its directory.";
    throw unsupported(`the module ${name} has no file and is no known standard one`, place, hint);
  }
}

const HEADER = /-{4,}\s*MODULE\s+\w+\s*-{4,}/;

interface ExtendedName {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** The names after EXTENDS, which stands right behind the module's first line if at all. */
function readExtends(text: string, file: string): readonly ExtendedName[] {
  const header = HEADER.exec(text);
  if (header === null) return [];
  // What stands before the module is no TLA+, so it has no comments either.
  const start = header.index + header[0].length;
  const body = stripComments(text.slice(start));
  const at = (index: number) => lineAndColumn(text, start + index);
  const inner = HEADER.exec(body.split(/={4}/, 1)[0] ?? "");
  if (inner !== null) {
    // SANY does not export such a module, so it would be lost without a word.
    const { line, column } = at(inner.index);
    throw unsupported("a module inside a module", `${file}:${line}:${column}`);
  }
  const list = /^\s*EXTENDS\s+(\w+(?:\s*,\s*\w+)*)/d.exec(body);
  const [from = 0] = list?.indices?.[1] ?? [];
  return [...(list?.[1] ?? "").matchAll(/\w+/g)].map(({ 0: name, index }) => {
    return { name, ...at(from + index) };
  });
}

function lineAndColumn(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index);
  return { line: before.split("\n").length, column: index - before.lastIndexOf("\n") };
}
