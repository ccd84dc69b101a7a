/** What the rules look at: the text of the files, the syntax of src/, the spec, and the tables. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget, type SourceFile } from "ts-morph";
import { type Correspondence, correspondence } from "../correspondence/correspondence.js";
import { readSpecModule, type SpecModule } from "../model/specActions.js";
import { VerifyError } from "../report/verifyError.js";
import { pathOf } from "./finding.js";
import { ProtocolCode } from "./protocolCode.js";

/** Path from the root -> text. */
export type Files = ReadonlyMap<string, string>;

export interface CheckedProject {
  readonly files: Files;
  readonly spec: SpecModule;
  readonly correspondence: Correspondence;
  /** All of src/. */
  readonly sources: readonly SourceFile[];
  /** The generator functions of src/ outside src/sync, and all that they use. */
  readonly protocol: ProtocolCode;
}

export const SPEC_FILE = "model/FfaMediator.tla";
export const DOCUMENT_FILE = "docs/correspondence.md";
export const SYNC = "src/sync/";

const FOLDERS = ["src", "verify", "model", "docs"];
const LEFT_OUT = new Set(["node_modules", "dist", "states", "traces"]);
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
    spec: readSpecModule(files.get(SPEC_FILE) ?? "", SPEC_FILE),
    correspondence: tables,
    sources,
    protocol: new ProtocolCode(sources),
  };
}

/** The files of src/ in which no protocol code may touch anything shared by itself. */
export const outsideSync = (sources: readonly SourceFile[]): readonly SourceFile[] =>
  sources.filter((source) => !pathOf(source).startsWith(SYNC));
