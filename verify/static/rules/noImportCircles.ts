import type { Rule } from "../finding.js";
import type { Import } from "../imports.js";

export const noImportCircles: Rule = {
  name: "no-import-circles",
  description: "No file of src/ or verify/ imports itself by way of others, types included.",
  check({ imports }, report) {
    report.look(imports.length);
    for (const circle of shortestCircles(imports)) {
      const [first] = circle;
      report.find(
        first,
        `imports run in a circle: ${[first.file, ...circle.map((at) => at.target)].join(" -> ")}`,
        "move what two of them need into a file that imports neither, or hand it in",
      );
    }
  },
};

type Circle = readonly Import[];

/** The shortest circles first; none of those after it has a file of one before. */
function shortestCircles(imports: readonly Import[]): readonly Circle[] {
  const byFile = new Map<string, Import[]>();
  for (const each of imports) byFile.set(each.file, [...(byFile.get(each.file) ?? []), each]);
  const candidates = [...byFile.keys()]
    .toSorted()
    .flatMap((file) => {
      const circle = circleThrough(file, byFile);
      return circle === undefined ? [] : [circle];
    })
    .toSorted((a, b) => a.length - b.length);
  const circles: Circle[] = [];
  const seen = new Set<string>();
  for (const circle of candidates) {
    if (circle.some(({ file }) => seen.has(file))) continue;
    for (const { file } of circle) seen.add(file);
    circles.push(circle);
  }
  return circles;
}

/** A shortest way from a file back to itself, import by import. */
function circleThrough(
  start: string,
  byFile: ReadonlyMap<string, readonly Import[]>,
): Circle | undefined {
  /** The import by which each file was first reached. */
  const by = new Map<string, Import>();
  const queue = [start];
  for (const file of queue) {
    for (const next of byFile.get(file) ?? []) {
      if (by.has(next.target)) continue;
      by.set(next.target, next);
      queue.push(next.target);
    }
    if (by.has(start)) break;
  }
  const circle: Import[] = [];
  for (let at = by.get(start); at !== undefined; ) {
    circle.unshift(at);
    at = at.file === start ? undefined : by.get(at.file);
  }
  return circle.length === 0 ? undefined : circle;
}
