/** The fixes, choices and presets of src/ are those of the spec, in name and in value. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Expression } from "tla2tools-runner";
import { expect, test } from "vitest";
import { CHOICES } from "../../src/choices.js";
import { FIXES } from "../../src/fixes.js";
import { PRESETS_FILE, presetsModule } from "../../verify/mediator/presetsModule.js";
import { loadSpec } from "../../verify/model/loadSpec.js";
import { modelDirectory, projectRoot } from "../../verify/model/paths.js";

const { modules } = await loadSpec(modelDirectory, "MCNegotiation");

/** The operands of a definition that is a set, or a set of records, written out. */
function operandsOf(name: string, operator: "set" | "recordSet"): readonly Expression[] {
  const definition = modules
    .flatMap(({ definitions }) => definitions)
    .find((each) => each.name === name);
  return operandsIn(definition?.body, operator);
}

function operandsIn(
  body: Expression | undefined,
  operator: "set" | "recordSet",
): readonly Expression[] {
  expect(body).toMatchObject({ kind: "builtin", operator });
  return body?.kind === "builtin" ? body.operands : [];
}

const stringIn = (expression: Expression): string => {
  return expression.kind === "string" ? expression.value : `no string: ${expression.kind}`;
};

test("AllFixes has the fixes of src/", () => {
  expect(operandsOf("AllFixes", "set").map(stringIn)).toEqual([...FIXES]);
});

test("AllChoices has the choices of src/, with the same values", () => {
  const operands = operandsOf("AllChoices", "recordSet");
  const pairs = Array.from({ length: operands.length / 2 }, (_, i) => {
    return [stringIn(operands[2 * i]), operandsIn(operands[2 * i + 1], "set").map(stringIn)];
  });
  expect(Object.fromEntries(pairs)).toEqual(CHOICES);
});

test(`${PRESETS_FILE} is as \`npm run docs\` writes it, and would not be with another fix`, () => {
  const found = readFileSync(join(projectRoot, PRESETS_FILE), "utf8");
  expect(presetsModule()).toBe(found);
  expect(presetsModule()).not.toBe(found.replace('"PlainCount", ', ""));
});
