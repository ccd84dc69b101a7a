/**
 * Exceptions to a rule, written beside the code: a line
 * `// static-exception <rule>: <reason>` takes back findings of that rule in the next line that is
 * no comment. An exception without a reason, or one that takes nothing back, is itself a finding.
 */

import type { Finding } from "./finding.js";
import { codeFiles, type Files, linesOf } from "./texts.js";

export const EXCEPTION_RULE = "static-exception";

const EXCEPTION = /^\s*\/\/ static-exception\b\s*([\w-]*)(?::[ \t]*(.*))?$/;

interface Exception {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly reason: string;
  /** The line that it speaks of. */
  readonly target: number;
}

/** The findings that are left, and those about exceptions. */
export function applyExceptions(files: Files, findings: readonly Finding[]): readonly Finding[] {
  const exceptions = readExceptions(files);
  const left = findings.filter((finding) => !exceptions.some((e) => takesBack(e, finding)));
  return [...left, ...exceptions.flatMap((exception) => faultOf(exception, findings))];
}

const takesBack = (exception: Exception, finding: Finding): boolean =>
  exception.reason !== "" &&
  exception.rule === finding.rule &&
  exception.file === finding.file &&
  exception.target === finding.line;

function faultOf(exception: Exception, findings: readonly Finding[]): readonly Finding[] {
  const { file, line, column, rule, reason } = exception;
  const place = { file, line, column, rule: EXCEPTION_RULE };
  if (reason === "") {
    const remedy = `write // static-exception ${rule || "<rule>"}: and why`;
    return [{ ...place, message: "an exception needs a rule and a reason", remedy }];
  }
  if (findings.some((finding) => takesBack(exception, finding))) return [];
  const message = `the exception to ${rule} takes no finding back`;
  return [
    { ...place, message, remedy: "remove it, or put it right above the line it is meant for" },
  ];
}

export function readExceptions(files: Files): readonly Exception[] {
  return codeFiles(files).flatMap(([file, text]) => {
    const lines = linesOf(text);
    return lines.flatMap((content, i) => {
      const match = EXCEPTION.exec(content);
      if (match === null) return [];
      let target = i + 1;
      while (lines[target]?.trimStart().startsWith("//")) target++;
      const [, rule, reason = ""] = match;
      const column = content.indexOf("//") + 1;
      return { file, line: i + 1, column, rule, reason: reason.trim(), target: target + 1 };
    });
  });
}
