#!/usr/bin/env node
/**
 * The static rules as a command: `node dist/verify/static/main.js [--json] [--write-docs]
 * [--root DIR]`. Exit code 0: no finding; 1: findings; 2: bad usage or an unreadable project.
 */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { correspondence } from "../mediator/correspondence/correspondence.js";
import { projectRoot } from "../model/paths.js";
import { VerifyError } from "../support/verifyError.js";
import { checkedProject, DOCUMENT_FILE, loadFiles } from "./checkedProject.js";
import { correspondenceDocument } from "./correspondenceDocument.js";
import { findingText, runRules, type StaticResult } from "./runRules.js";

interface Arguments {
  readonly json: boolean;
  readonly writeDocs: boolean;
  readonly root: string;
}

function main(): number {
  const { json, writeDocs, root } = readArguments();
  if (writeDocs) writeDocument(root);
  const result = runRules(checkedProject(loadFiles(root)));
  console.log(json ? JSON.stringify(result, null, 2) : textOf(result));
  return result.findings.length === 0 ? 0 : 1;
}

function textOf({ files, rules, findings }: StaticResult): string {
  const places = rules.reduce((sum, rule) => sum + rule.places, 0);
  const found = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  const summary = `static rules: ${files} files, ${rules.length} rules, ${places} places, ${found}`;
  return [...findings.map(findingText), summary].join("\n");
}

function readArguments(): Arguments {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: "boolean", default: false },
        "write-docs": { type: "boolean", default: false },
        root: { type: "string", default: projectRoot },
      },
    });
    return { json: values.json, writeDocs: values["write-docs"], root: resolve(values.root) };
  } catch (cause) {
    throw new VerifyError({
      code: "USAGE",
      what: (cause as Error).message,
      expected: "node dist/verify/static/main.js [--json] [--write-docs] [--root DIR]",
    });
  }
}

function writeDocument(root: string): void {
  const path = join(root, DOCUMENT_FILE);
  try {
    writeFileSync(path, correspondenceDocument(correspondence));
  } catch (cause) {
    throw new VerifyError({
      code: "FILE_UNWRITABLE",
      what: "the page of the correspondence cannot be written",
      where: path,
      found: (cause as Error).message,
      hint: "make its folder and the file writable",
    });
  }
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof VerifyError)) throw error;
  console.error(error.format());
  process.exitCode = 2;
}
