/** What the cfgs check is pinned: no invariant and no property goes missing without a reason. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import type { Model } from "../../verify/mediator/model.js";
import { readManifest } from "../../verify/model/manifest.js";

const models = await Promise.all(readManifest().map((entry) => loadModel(entry)));

/** What is wrong with what a model checks, against all that its modules define. */
function faults(model: Model, defined: readonly string[]): readonly string[] {
  const checked = [...model.invariants, ...model.properties];
  const unchecked = Object.keys(model.unchecked ?? {});
  const { verdict, violates } = model.expect;
  const named = [...checked, ...unchecked];
  return [
    ...named.filter((name) => !defined.includes(name)).map((name) => `${name} is not defined`),
    ...unchecked.filter((name) => checked.includes(name)).map((name) => `${name} is checked`),
    ...defined
      .filter((name) => verdict === "holds" && !named.includes(name))
      .map((name) => `${name} is not checked, and no reason is given`),
    ...(violates !== undefined && !checked.includes(violates)
      ? [`${violates} must break and is not checked`]
      : []),
  ];
}

/**
 * What a model must check: all that its modules define. One that adds a monitor, a refinement or
 * what happens some day adds no step to the core, so that it checks what its own module says, and
 * the core's own properties are for the others.
 */
function definedIn(model: Model): readonly string[] {
  const all = systemOf(model).checkableNames;
  // In place of one that TLC alone reads stands another one, so that its names are read off its text.
  const text = readFileSync(model.specPath, "utf8");
  const own = [...text.matchAll(/^(\w+(?:Inv|Prop)) ==/gm)].map(([, name]) => name);
  return own.length > 0 ? own : all;
}

describe("each model checks what its modules define, but for what it gives a reason for", () => {
  // What sums a graph up checks nothing else, beside a model that does.
  test.each(models.filter(({ digest }) => digest !== true))("$name", (model) => {
    expect(faults(model, definedIn(model))).toEqual([]);
  });
});

describe("it would be seen that", () => {
  const model = models.find(({ name }) => name === "MC1x2") as Model;
  const broken = models.find(({ name }) => name === "MCH1") as Model;
  const defined = definedIn(model);
  const { unchecked } = model;

  test.each<[string, Model, readonly string[]]>([
    [
      "an invariant is taken out",
      { ...model, invariants: model.invariants.filter((name) => name !== "OneFillerInv") },
      ["OneFillerInv is not checked, and no reason is given"],
    ],
    [
      "a property is taken out",
      { ...model, properties: model.properties.filter((name) => name !== "VersionSetOnceProp") },
      ["VersionSetOnceProp is not checked, and no reason is given"],
    ],
    [
      "a reason stands for what is checked after all",
      { ...model, unchecked: { ...unchecked, TypeOK: "too slow" } },
      ["TypeOK is checked"],
    ],
    [
      "a reason stands for what is gone",
      { ...model, unchecked: { ...unchecked, GoneInv: "gone" } },
      ["GoneInv is not defined"],
    ],
    [
      "a cfg checks what is not defined",
      { ...model, invariants: [...model.invariants, "GoneInv"] },
      ["GoneInv is not defined"],
    ],
    [
      "what must break is not checked",
      { ...broken, invariants: [] },
      ["NoNegativeAnswerInv must break and is not checked"],
    ],
  ])("%s", (_, changed, found) => {
    expect(faults(changed, defined)).toEqual(found);
  });
});
