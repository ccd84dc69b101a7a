/** Each rule on a fixture that breaks it, with the exact findings, and on one that keeps it. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXCEPTION_RULE } from "../../verify/static/exceptions.js";
import { rules } from "../../verify/static/rules/index.js";
import { findingText, runRules } from "../../verify/static/runRules.js";
// The fixtures borrow the real src/sync, which is looked at with the real project.
import { fixtureProject, fixtures } from "./fixtureProject.js";

test("the base of the fixtures keeps every rule", () => {
  const { findings } = runRules(fixtureProject());
  const own = findings.filter(({ file }) => !file.startsWith("src/sync/"));
  expect(own.map(findingText)).toEqual([]);
});

test("a rule that looks at nothing is a finding", () => {
  const idle = { name: "idle", description: "Nothing.", check: () => undefined };
  expect(runRules(fixtureProject(), [idle]).findings.map(({ message }) => message)).toEqual([
    "the rule has looked at nothing, so it says nothing",
  ]);
});

const names = [...rules.map(({ name }) => name), EXCEPTION_RULE];

describe.each(names)("%s", (name) => {
  // Exceptions have no rule of their own: they are looked at with the rule that they except.
  const chosen = rules.filter(
    (rule) => rule.name === (name === EXCEPTION_RULE ? "single-read" : name),
  );
  const textOf = (overlay: string): string =>
    runRules(fixtureProject(overlay), chosen)
      .findings.filter(({ file }) => !file.startsWith("src/sync/"))
      .map((finding) => `${findingText(finding)}\n`)
      .join("");

  test("finds what its fixture breaks, and names place, rule and remedy", async () => {
    const text = textOf(`${name}/fail`);
    expect(text).toContain(`: ${name}: `);
    await expect(text).toMatchFileSnapshot(join(fixtures, name, "fail/expected.txt"));
  });

  test("finds nothing where the rule is kept", () => {
    expect(textOf(`${name}/pass`)).toBe("");
  });
});
