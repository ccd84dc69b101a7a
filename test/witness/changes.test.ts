/** Which parts of a text are left out, kind by kind. */
import { formatExpression } from "tla2tools-runner";
import { expect, test } from "vitest";
import { loadSpec } from "../../verify/model/loadSpec.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { changesOf } from "../../verify/witness/changes.js";
import { variantsOf, variantText } from "../../verify/witness/variants.js";
import { builtin, number, use } from "../support/changedTrees.js";

const [p, q, r] = ["p", "q", "r"].map((name) => use("parameter", name));
const S = use("definition", "S");
const all = { bounds: [{ names: ["x"], isTuple: false, set: S }], body: p, ...at(p) } as const;

function at({ place, level }: typeof p) {
  return { place, level };
}

test.each([
  ["a conjunct", builtin("/\\", p, q, r), ["q /\\ r", "p /\\ r", "p /\\ q"]],
  ["one of two conjuncts", builtin("/\\", p, q), ["q", "p"]],
  ["a disjunct", builtin("\\/", p, q), ["q", "p"]],
  ["a part of a union", builtin("\\cup", p, q), ["q", "p"]],
  ["what is taken out of a set", builtin("\\", p, q), ["p"]],
  ["an element", builtin("set", p, q), ["{q}", "{p}"]],
  ["the only element", builtin("set", p), ["{}"]],
  ["a condition", builtin("=>", p, q), ["q"]],
  ["one side of an equivalence", builtin("<=>", p, q), ["p => q", "q => p"]],
  ["a choice", builtin("if", p, q, r), ["q", "r"]],
  ["a variable that stays", unchanged(p, q), ["UNCHANGED <<q>>", "UNCHANGED <<p>>"]],
  ["an end of an interval", use("standard", "..", p, number(5)), ["p + 1 .. 5", "p .. 5 - 1"]],
  ["one of all", { kind: "forall" as const, ...all }, overFewer("\\A")],
  ["one of some", { kind: "exists" as const, ...all }, overFewer("\\E")],
  ["a part of a part", builtin("~", builtin("/\\", p, q)), ["~q", "~p"]],
  ["nothing of an equation", builtin("=", p, q), []],
  ["nothing of what stays as a whole", builtin("UNCHANGED", p), []],
])("%s", (_, expression, left) => {
  expect(changesOf(expression).map((change) => formatExpression(change.expression))).toEqual(left);
});

function unchanged(...of: readonly (typeof p)[]) {
  return builtin("UNCHANGED", builtin("tuple", ...of));
}

function overFewer(quantifier: string): readonly string[] {
  return ["<", ">"].map(
    (than) =>
      `${quantifier} x \\in {one of it \\in S : \\E other of it \\in S : other of it ${than} one of it} : p`,
  );
}

test("operators behind a property are changed, and those of the behavior are not", async () => {
  const { modules } = await loadSpec(modelDirectory, "MCNegotiation");
  const texts = variantsOf("FilledIsMappedInv", modules, "Spec").map(variantText);
  expect(texts).toEqual([
    "FilledIsMappedInv with v in all of Vcpus but the least",
    "FilledIsMappedInv with v in all of Vcpus but the greatest",
    'FilledIsMappedInv without the condition pc[v] \\in {"WriteSpEntries", "WriteEntry"} \\cup CopyLabels',
    'FilledIsMappedInv without {"WriteSpEntries", "WriteEntry"}',
    "FilledIsMappedInv without CopyLabels",
    'FilledIsMappedInv without "WriteSpEntries"',
    'FilledIsMappedInv without "WriteEntry"',
    'FilledIsMappedInv, CopyLabels without "BeginCopy"',
    'FilledIsMappedInv, CopyLabels without "EndCopy"',
  ]);
  const changed = variantsOf("ListedWhenPublishedInv", modules, "Spec");
  const definitions = new Set(changed.map(({ definition }) => definition));
  expect([...definitions]).toEqual(["ListedWhenPublishedInv", "HasVersion"]);
});
