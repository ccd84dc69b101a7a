/** Runs the static rules on a project. */
import type { CheckedProject } from "./checkedProject.js";
import { applyExceptions } from "./exceptions.js";
import { type Finding, Report, type Rule } from "./finding.js";
import { rules as allRules } from "./rules/index.js";

export interface RuleResult {
  readonly rule: string;
  readonly description: string;
  /** How many places it looked at; 0 is a failure. */
  readonly places: number;
}

export interface StaticResult {
  readonly files: number;
  readonly rules: readonly RuleResult[];
  /** By file and line. */
  readonly findings: readonly Finding[];
}

export function runRules(project: CheckedProject, rules = allRules): StaticResult {
  const reports = rules.map((rule) => ({ rule, report: reportOf(rule, project) }));
  const found = reports.flatMap(({ report }) => report.findings);
  const idle = reports
    .filter(({ report }) => report.places === 0)
    .map(({ rule }) => idleRule(rule));
  const findings = [...applyExceptions(project.files, found), ...idle];
  return {
    files: project.files.size,
    rules: reports.map(({ rule: { name, description }, report: { places } }) => {
      return { rule: name, description, places };
    }),
    findings: findings.sort(byPlace),
  };
}

function reportOf(rule: Rule, project: CheckedProject): Report {
  const report = new Report(rule.name);
  rule.check(project, report);
  return report;
}

const idleRule = ({ name }: Rule): Finding => ({
  file: "verify/static/rules/index.ts",
  line: 1,
  column: 1,
  rule: name,
  message: "the rule has looked at nothing, so it says nothing",
  remedy: "find out why src/, the spec or the tables no longer have what it looks for",
});

const byPlace = (a: Finding, b: Finding): number =>
  a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;

/** `file:line:column: rule: message`, and the remedy below. */
export const findingText = ({ file, line, column, rule, message, remedy }: Finding): string =>
  `${file}:${line}:${column}: ${rule}: ${message}\n  remedy: ${remedy}`;
