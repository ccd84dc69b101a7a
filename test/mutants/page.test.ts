/** verify/mutants: what a report of the mutation tester comes to, and the page made of it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../verify/model/paths.js";
import { complaints, mutantsPage, reasons } from "../../verify/mutants/page.js";
import { PAGE, REASONS, RESULTS } from "../../verify/mutants/parts.js";
import {
  resultOf,
  results,
  type StrykerReport,
  score,
  strykerReport,
} from "../../verify/mutants/result.js";

const source = "const a = 1;\n  if (a > 1 &&\n    a < 2) f();\n";

const mutant = (status: string, line = 2, end = { line: 2, column: 12 }) => ({
  mutatorName: "any",
  replacement: "true",
  status,
  location: { start: { line, column: 7 }, end },
});

const reportOf = (...statuses: readonly string[]): StrykerReport =>
  strykerReport.parse({
    files: { "src/a.ts": { source, mutants: statuses.map((status) => mutant(status)) } },
  });

const only = (status: string) => resultOf(reportOf(status), "c").folders.src;
const nothing = { killed: 0, timedOut: 0, survived: 0, static: 0, left: 0 };

describe("a report", () => {
  test.each([
    ["Killed", { killed: 1 }],
    ["Timeout", { timedOut: 1 }],
    ["Survived", { survived: 1 }],
    ["NoCoverage", { survived: 1 }],
    ["Ignored", { static: 1 }],
    ["Pending", { left: 1 }],
    ["RuntimeError", { left: 1 }],
    ["CompileError", {}],
  ])("counts a mutant that is %s", (status, counts) => {
    expect(only(status)).toEqual({ ...nothing, ...counts });
  });

  test("with one of another status says nothing", () => {
    expect(() => only("Other")).toThrow("a mutant is Other");
  });

  test("is summed up by folder", () => {
    const file = reportOf("Killed").files["src/a.ts"];
    const files = { "src/b/c.ts": file, "src/b.ts": file, "src/a.ts": file };
    const { folders } = resultOf({ files }, "c");
    expect(folders).toEqual({
      src: { ...nothing, killed: 2 },
      "src/b": { ...nothing, killed: 1 },
    });
  });

  test("says of a survivor where it is, what was there and what came instead", () => {
    const { files } = reportOf();
    const mutants = [
      mutant("Survived"),
      mutant("NoCoverage", 2, { line: 3, column: 10 }),
      mutant("Killed"),
    ];
    const { survivors } = resultOf(
      { files: { "src/a.ts": { ...files["src/a.ts"], mutants } } },
      "c",
    );
    const place = { file: "src/a.ts", line: 2, code: "if (a > 1 &&", now: "true" };
    expect(survivors).toEqual([
      { ...place, was: "a > 1" },
      { ...place, was: "a > 1 && a < 2" },
    ]);
  });
});

test("the score counts what timed out, and not what was not tried", () => {
  expect(score({ killed: 2, timedOut: 1, survived: 1, static: 5, left: 7 })).toBe(75);
});

describe("the page", () => {
  const found = { src: resultOf(reportOf("Killed", "Timeout", "Survived", "Ignored"), "abc+") };
  const reason = { file: "src/a.ts", code: "if (a > 1 &&", reason: "it is so" };

  test("has a row for each folder, names what was not measured, and lists the survivors", () => {
    const page = mutantsPage(found, [reason]);
    expect(page).toContain("\n| src | abc+ | `src/` | 3 | 1 | 1 | 1 | 66.7 | 1 | 0 |\n");
    expect(page).toContain("\n| conform | not measured |");
    expect(page).toContain("\n- `src/a.ts:2`: `a > 1` -> `true`: it is so\n");
  });

  test.each([
    ["file", { ...reason, file: "src/b.ts" }],
    ["line", { ...reason, code: "if (a > 2 &&" }],
    ["change", { ...reason, now: "false" }],
  ])("takes no reason for another %s", (_, other) => {
    expect(mutantsPage(found, [other])).toContain("no reason is known");
    expect(complaints(found, [other]).join("\n")).toMatch(/survived: [\s\S]*did not survive/);
  });

  test("a low score is told, one that suffices is not", () => {
    expect(complaints(found, [{ ...reason, now: "true" }])).toEqual([
      "src: 66.7 of 100 are noticed",
    ]);
    const early = { src: resultOf(reportOf("Killed", "Pending"), "c") };
    expect(complaints(early, [])).toEqual(["src: 1 left, as the run or the tests ended early"]);
    const enough = { src: resultOf(reportOf("Killed"), "c") };
    expect(complaints(enough, [])).toEqual([]);
  });

  test("is what is made of the results that are kept", () => {
    const read = (path: string): string => readFileSync(join(projectRoot, path), "utf8");
    const why = reasons.parse(JSON.parse(read(REASONS)));
    const last = results.parse(JSON.parse(read(RESULTS)));
    expect(read(PAGE)).toBe(mutantsPage(last, why));
  });
});
