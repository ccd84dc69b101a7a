/** What a static rule is, and what it reports. */
import type { Node } from "ts-morph";
import type { SourcePlace } from "../model/specActions.js";
import type { CheckedProject } from "./checkedProject.js";
import { placeOfNode } from "./nodePlace.js";

/** A place where a rule does not hold. */
export interface Finding extends SourcePlace {
  readonly rule: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

export interface Rule {
  /** In kebab case: what a `static-exception` comment names. */
  readonly name: string;
  /** One sentence: what holds where there is no finding. */
  readonly description: string;
  /** Tells `report` of each place that it looks at, and of each that is wrong. */
  readonly check: (project: CheckedProject, report: Report) => void;
}

/** Collects what one rule looked at and found. */
export class Report {
  /** How many places were looked at. A rule that looks at none is itself a failure. */
  places = 0;
  readonly findings: Finding[] = [];
  private readonly seen = new Set<string>();

  constructor(private readonly rule: string) {}

  look(places = 1): void {
    this.places += places;
  }

  /** Reports a finding; the same place and message count once. */
  find(at: SourcePlace | Node, message: string, remedy: string): void {
    const { file, line, column } = "file" in at ? at : placeOfNode(at);
    const key = `${file}:${line}:${column}:${message}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.findings.push({ file, line, column, rule: this.rule, message, remedy });
  }
}

/** Where `needle` is in a file of the project; its first character when it is not there. */
export function placeOfText(project: CheckedProject, file: string, needle: string): SourcePlace {
  const text = project.files.get(file) ?? "";
  const before = text.slice(0, Math.max(0, text.indexOf(needle)));
  return {
    file,
    line: before.split("\n").length,
    column: before.length - before.lastIndexOf("\n"),
  };
}
