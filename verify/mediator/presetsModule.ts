/**
 * model/Presets.tla, made from the presets of src/: the sets of fixes and the choices that cfgs
 * name. `npm run docs` writes it, and a test fails when it is stale.
 */
import { CHOICES, type Choices } from "../../src/choices.js";
import { designs, FIXES, type Fix } from "../../src/fixes.js";
import { type Preset, presets } from "../../src/presets.js";

/** The file, from the root of the package. */
export const PRESETS_FILE = "model/Presets.tla";

const RULE = "=".repeat(80);

/** `upstream-2026-08` as an identifier: `Upstream202608`. */
export const tlaName = (name: string): string =>
  name
    .split(/[-.]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");

/** The definition of the hardened design without one fix. */
export const withoutName = (fix: Fix): string => `Without${fix}`;

/** The definition of how a preset negotiates. */
export const choicesName = (preset: string): string => `${tlaName(preset)}Choices`;

export function presetsModule(): string {
  const sets = Object.entries(designs).map(([name, fixes]) => {
    return `${tlaName(name)} == ${setOf(fixes)}`;
  });
  const without = FIXES.map((fix) => `${withoutName(fix)} == AllFixes \\ {"${fix}"}`);
  const choices = Object.entries<Preset>(presets).map(([name, preset]) => {
    return `${choicesName(name)} ==\n    ${recordOf(preset.choices)}`;
  });
  return [
    `${"-".repeat(32)} MODULE Presets ${"-".repeat(32)}`,
    "\\* Made by `npm run docs` from src/fixes.ts and src/presets.ts.  Do not edit.",
    "EXTENDS Properties",
    "",
    "\\* Designs.",
    ...sets,
    "",
    "\\* The hardened design without one fix.",
    ...without,
    "",
    "\\* How each mediator negotiates.",
    ...choices,
    RULE,
    "",
  ].join("\n");
}

const setOf = (fixes: readonly Fix[]): string =>
  FIXES.every((fix) => fixes.includes(fix))
    ? "AllFixes"
    : `{${fixes.map((fix) => `"${fix}"`).join(", ")}}`;

function recordOf(choices: Choices): string {
  const names = Object.keys(CHOICES) as (keyof Choices)[];
  const fields = names.map((name) => `${name} |-> "${choices[name]}"`);
  return `[ ${fields.join(",\n      ")} ]`;
}
