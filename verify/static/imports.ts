/** Who imports whom in src/ and verify/, types included, by a scan that builds no syntax. */
import { posix } from "node:path";
import { ts } from "ts-morph";
import type { SourcePlace } from "../model/specActions.js";
import { codeFiles, type Files } from "./texts.js";

export interface Import extends SourcePlace {
  /** The file that is imported, from the root of the project; it need not be there. */
  readonly target: string;
}

/** The packages that are folders of the project, by name, and their entries. */
const OWN_PACKAGES: Readonly<Record<string, string>> = {
  "tla2tools-runner": "verify/tla2tools-runner/src/index.ts",
};

/** All imports, exports from elsewhere and `import("...")` of files of the project. */
export function importsOf(files: Files): readonly Import[] {
  return codeFiles(files).flatMap(([file, text]) =>
    ts.preProcessFile(text).importedFiles.flatMap(({ fileName, pos }) => {
      const target = targetOf(file, fileName);
      if (target === undefined) return [];
      const before = text.slice(0, pos);
      const line = before.split("\n").length;
      return [{ file, line, column: pos - before.lastIndexOf("\n"), target }];
    }),
  );
}

/** Undefined for what is not of this project. */
function targetOf(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) {
    return Object.hasOwn(OWN_PACKAGES, specifier) ? OWN_PACKAGES[specifier] : undefined;
  }
  return posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts");
}
