/** What the rules look at: the text of the files, the syntax of src/, the spec, and the tables. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCompiled, type TlaModule } from "tla2tools-runner";
import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget, type SourceFile } from "ts-morph";
import { type Correspondence, correspondence } from "../mediator/correspondence/correspondence.js";
import { COMPILED } from "../model/compiledForm.js";
import { type CoreSpec, coreSpecOf } from "../model/specActions.js";
import { ToolError, VerifyError } from "../support/verifyError.js";
import { type Import, importsOf } from "./imports.js";
import { pathOf } from "./nodePlace.js";
import { ProtocolCode } from "./protocolCode.js";
import type { Files } from "./texts.js";

export interface CheckedProject {
  readonly files: Files;
  readonly spec: CoreSpec;
  readonly correspondence: Correspondence;
  /** Of src/ and verify/, from one file of theirs to another. */
  readonly imports: readonly Import[];
  /** All of src/. */
  readonly sources: readonly SourceFile[];
  /** The generator functions of src/ outside src/sync, and all that they use. */
  readonly protocol: ProtocolCode;
}

export const SPEC_FILE = "model/FfaMediator.tla";
export const DOCUMENT_FILE = "docs/correspondence.md";
export const SYNC = "src/sync/";

const FOLDERS = ["src", "verify", "model", "docs"];
const LEFT_OUT = new Set(["node_modules", "dist", "states"]);
const KINDS = /\.(ts|tla|md)$|^model\/compiled\/.*\.json$/;

/** Reads what the rules look at. @throws VerifyError FILE_UNREADABLE when a folder is missing. */
export function loadFiles(root: string): Files {
  const files = new Map<string, string>();
  const add = (path: string): void => {
    files.set(path, readFileSync(join(root, path), "utf8"));
  };
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && folder !== "" && !LEFT_OUT.has(entry.name)) walk(path);
      if (entry.isFile() && KINDS.test(path)) add(path);
    }
  };
  try {
    for (const folder of ["", ...FOLDERS]) walk(folder);
  } catch (cause) {
    throw new VerifyError({
      code: "FILE_UNREADABLE",
      what: "the static rules cannot read the project",
      where: root,
      expected: `the folders ${FOLDERS.join(", ")}`,
      found: (cause as Error).message,
      hint: "start it in the root of the package, or give that with --root",
    });
  }
  return files;
}

/**
 * @param files What {@link loadFiles} gives, or a variation of it in memory.
 * @throws VerifyError SPEC_MALFORMED
 */
export function checkedProject(files: Files, tables = correspondence): CheckedProject {
  // Types of the standard library are not needed: the rules follow names, and names only in src/.
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: {
      noLib: true,
      types: [],
      target: ScriptTarget.ES2022,
      module: ModuleKind.NodeNext,
      moduleResolution: ModuleResolutionKind.NodeNext,
    },
  });
  for (const [path, text] of files) {
    if (path.startsWith("src/") && path.endsWith(".ts")) project.createSourceFile(`/${path}`, text);
  }
  const sources = project.getSourceFiles();
  return {
    files,
    spec: coreSpecOf(compiledModules(files), "model"),
    correspondence: tables,
    imports: importsOf(files),
    sources,
    protocol: new ProtocolCode(sources),
  };
}

/** The trees of the spec; whether they are those of its texts is a rule of its own. */
const compiledModules = (files: Files): readonly TlaModule[] =>
  [...files]
    .filter(([path]) => path.startsWith(`model/${COMPILED}/`))
    .flatMap(([path, text]) => compiledModule(path, text));

/** What cannot be read is what the same rule tells of. */
function compiledModule(path: string, text: string): readonly TlaModule[] {
  try {
    return [readCompiled(text, path)];
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return [];
  }
}

/** The files of src/ in which no protocol code may touch anything shared by itself. */
export const outsideSync = (sources: readonly SourceFile[]): readonly SourceFile[] =>
  sources.filter((source) => !pathOf(source).startsWith(SYNC));
