/** A property that is weakened in part does not look as it did. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { childrenOf, type Expression } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { modelDirectory } from "../../verify/model/paths.js";
import { readCoreSpec } from "../../verify/model/specActions.js";
import { behaviors } from "../../verify/witness/behaviors.js";
import { type Findings, findWitnesses } from "../../verify/witness/findWitnesses.js";
import { inputsDigest } from "../../verify/witness/inputsDigest.js";
import { type LoadedBehavior, loadBehavior } from "../../verify/witness/loadBehavior.js";
import { listFaults, readRedundant } from "../../verify/witness/redundant.js";
import { madeFrom, WITNESSES_FILE, witnessText } from "../../verify/witness/witnessText.js";
import { builtin, number, type TreeEdit, use, withEdit } from "../support/changedTrees.js";

const loaded = await Promise.all(behaviors.map((each) => loadBehavior(each)));
const kept = readFileSync(join(modelDirectory, WITNESSES_FILE), "utf8");

/** The section of a property, in a text that `witnessText` made. */
const sectionOf = (property: string, text: string): string =>
  new RegExp(`^${property} rejects [^]*?\\n(?=\\n|$)`, "m").exec(text)?.[0] ?? "";

describe(`model/${WITNESSES_FILE}`, () => {
  const digest = inputsDigest(loaded);

  test("is made from the properties and the behaviors of today", () => {
    expect(kept.includes(madeFrom(digest)), "run npm run witnesses").toBe(true);
  });

  // `npm run check` makes all of it anew in CI.
  const some = ["CountIsLengthInv", "OneFillerInv", "SharedIsKeptInv", "VersionSetOnceProp"];
  test("says of some properties what `npm run witnesses` says now", () => {
    const all = findWitnesses(loaded, (property) => some.includes(property));
    const text = witnessText(all, digest);
    expect(all.map(({ property }) => property).sort()).toEqual(some);
    for (const property of some) {
      expect(sectionOf(property, text)).toMatch(/digest/);
      expect(sectionOf(property, kept)).toBe(sectionOf(property, text));
    }
  });

  test.each<[string, (of: LoadedBehavior) => LoadedBehavior]>([
    ["a module", (of) => ({ ...of, spec: { ...of.spec, modules: of.spec.modules.slice(1) } })],
    ["a constant", (of) => ({ ...of, spec: { ...of.spec, constants: new Map() } })],
    ["a state", (of) => ({ ...of, states: of.states.slice(1) })],
    ["a step", (of) => ({ ...of, actions: of.actions.slice(1) })],
    ["a name", (of) => ({ ...of, name: "other" })],
  ])("is made from something else where %s is another", (_, change) => {
    const [first, ...others] = loaded;
    expect(inputsDigest([change(first), ...others])).not.toBe(digest);
  });
});

test("the behaviors take every action", () => {
  const taken = new Set(loaded.flatMap(({ actions }) => actions));
  const others = readCoreSpec().actions.filter(({ name }) => !taken.has(name));
  expect(others).toEqual([]);
});

describe("a change that leaves no part out is seen as well", () => {
  const first = (found: Expression): Expression => childrenOf(found)[0];
  const changes: readonly (readonly [string, string, TreeEdit])[] = [
    [
      "another domain",
      "FilledIsMappedInv",
      {
        definition: "FilledIsMappedInv",
        find: "rxMapped[RxOf(v)]",
        replace: (found) => builtin("apply", first(found), number(1)),
      },
    ],
    [
      "one off",
      "NoNegativeAnswerInv",
      {
        definition: "NoNegativeAnswerInv",
        find: "Sps(v)",
        replace: (found) => use("standard", "-", found, number(1)),
      },
    ],
    [
      "a limit for a value",
      "CountIsLengthInv",
      {
        definition: "CountIsLengthInv",
        find: "vmCount = Len(ctxList)",
        replace: (found) => use("standard", "\\geq", ...childrenOf(found)),
      },
    ],
    [
      "the value behind the step",
      "PublishedIsRequestedProp",
      {
        definition: "PublishedIsRequestedProp",
        find: "versTmp[d]",
        replace: (found) => builtin("'", found),
      },
    ],
    [
      "another lock",
      "LocksReleasedInv",
      {
        definition: "Holds",
        find: "versLock",
        replace: () => use("variable", "rxLock"),
      },
    ],
    [
      "some for all",
      "TeardownAloneInv",
      {
        definition: "TeardownAloneInv",
        find: '\\A v \\in Vcpus : life[DomainOf[v]] # "running" => pc[v] = "idle"',
        replace: (found) => ({ ...found, kind: "exists" }) as Expression,
      },
    ],
  ];

  // One behavior shows it.
  const domains = loaded.filter(({ name }) => name === "domains");

  test.each(changes)("%s in %s", (_, property, edit) => {
    const changed = domains.map((behavior) => {
      const { spec } = behavior;
      return { ...behavior, spec: { ...spec, modules: withEdit(spec.modules, edit) } };
    });
    const [text, other] = [domains, changed].map((behaviors) =>
      witnessText(
        findWitnesses(behaviors, (each) => each === property),
        "",
      ),
    );
    expect(text).toContain(`${property} rejects`);
    expect(other).toContain(`${property} rejects`);
    expect(other).not.toBe(text);
  });
});

describe("the list of redundant parts", () => {
  const [part] = readRedundant().keys();
  const domains = loaded.filter(({ name }) => name === "domains");
  const [first] = findWitnesses(domains, (property) => part.startsWith(`${property}, `));

  test("lacks a part that nothing tells", () => {
    expect(listFaults([first], new Map())).toContain(`nothing tells it from the property: ${part}`);
  });

  test("has a part that is told", () => {
    const told: readonly Findings[] = [{ ...first, untold: [] }];
    expect(listFaults(told, new Map([[part, "of a test"]]))).toEqual([
      `it is listed as redundant, and is told or not there: ${part}`,
    ]);
  });
});
