/** A property that is weakened in part does not look as it did. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { childrenOf, type Expression } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { modelDirectory } from "../../verify/model/paths.js";
import { readCoreSpec } from "../../verify/model/specActions.js";
import { behaviors } from "../../verify/witness/behaviors.js";
import { type Findings, findWitnesses } from "../../verify/witness/findWitnesses.js";
import { loadBehavior } from "../../verify/witness/loadBehavior.js";
import { listFaults, readRedundant } from "../../verify/witness/redundant.js";
import { WITNESSES_FILE, witnessText } from "../../verify/witness/witnessText.js";
import { builtin, number, type TreeEdit, use, withEdit } from "../support/changedTrees.js";

const loaded = await Promise.all(behaviors.map((each) => loadBehavior(each)));
const all = findWitnesses(loaded);
const kept = readFileSync(join(modelDirectory, WITNESSES_FILE), "utf8");

test(`model/${WITNESSES_FILE} is as \`npm run witnesses\` writes it`, () => {
  expect(witnessText(all)).toBe(kept);
});

test("each part of a property is told by something, or listed as redundant", () => {
  expect(listFaults(all, readRedundant())).toEqual([]);
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
      witnessText(findWitnesses(behaviors, (each) => each === property)),
    );
    expect(text).toContain(`${property} rejects`);
    expect(other).toContain(`${property} rejects`);
    expect(other).not.toBe(text);
  });
});

describe("the list of redundant parts", () => {
  const [first] = all.filter(({ untold }) => untold.length > 0);
  const part = [...readRedundant().keys()].find((each) => each.startsWith(first.property)) ?? "";

  test("lacks a part that nothing tells", () => {
    expect(listFaults(all, new Map())).toContain(`nothing tells it from the property: ${part}`);
  });

  test("has a part that is told", () => {
    const told: readonly Findings[] = [{ ...first, untold: [] }];
    expect(listFaults(told, new Map([[part, "of a test"]]))).toEqual([
      `it is listed as redundant, and is told or not there: ${part}`,
    ]);
  });
});
