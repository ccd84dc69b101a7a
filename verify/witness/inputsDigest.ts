/** What the witnesses follow from, as one number: the texts of the modules and the behaviors. */
import { createHash } from "node:crypto";
import { formatValue } from "tla2tools-runner";
import type { LoadedBehavior } from "./loadBehavior.js";

export function inputsDigest(behaviors: readonly LoadedBehavior[]): string {
  const hash = createHash("sha256");
  for (const { name, spec, states, actions } of behaviors) {
    hash.update(`${name}\n`);
    for (const module of spec.modules) hash.update(`${module.name} ${module.sha256}\n`);
    for (const [constant, value] of spec.constants) {
      hash.update(`${constant} ${JSON.stringify(value)}\n`);
    }
    for (const state of states) {
      for (const [variable, value] of state) hash.update(`${variable} ${formatValue(value)}\n`);
    }
    hash.update(actions.join());
  }
  return hash.digest("hex").slice(0, 16);
}
