/** Defects seeded in the model: each breaks a property, or is a graph that the code does not have. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TlcTools, TlcVerdict } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { conform } from "../../verify/conform/conform.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { atMost } from "../support/atMost.js";
import { temporaryDirectory } from "../support/temporary.js";
import { checkModel, editedModule, specTexts, writeTestModel } from "../support/testModel.js";
import { describeWithTlc } from "../support/tlc.js";
import { modelMutants, mutantBounds } from "./modelMutants.js";
import type { Edit } from "./mutate.js";

const directory = temporaryDirectory();
const entry = { name: "MC1x2", module: "MCNegotiation", about: "of a test" };
const { invariants, properties } = await loadModel({ ...entry, expect: { verdict: "holds" } });
const twoAtATime = atMost(2);
let started = 0;

/** What catches the mutant first: TLC, or the comparison with the code; nothing when it survives. */
async function caughtBy(
  change: Edit | undefined,
  tools: TlcTools,
  bounds: keyof typeof mutantBounds = "counts",
): Promise<string | undefined> {
  const place = join(directory, `mutant${++started}`);
  mkdirSync(place);
  const model = writeTestModel(place, {
    ...mutantBounds[bounds],
    // What only says which values there are would speak up before the property that is broken.
    invariants: invariants.filter((name) => name !== "TypeOK"),
    properties,
    ...(change ? { edits: [change] } : {}),
  });
  const dump = join(place, "graph.dot");
  const { verdict } = await checkModel(model, tools, dump);
  if (verdict.kind !== "holds") return describeVerdict(verdict);
  const { difference } = conform(new Stepper(systemOf(model)), dump);
  return difference && `conform: ${difference.kind} at ${difference.action}`;
}

const describeVerdict = (verdict: TlcVerdict): string =>
  "name" in verdict ? `${verdict.kind}: ${verdict.name}` : verdict.kind;

describeWithTlc("a defect seeded in the model is caught", (tools) => {
  for (const { name, oracle, bounds, ...change } of modelMutants) {
    test.concurrent(`${name} (${oracle})`, async () => {
      const caught = await twoAtATime(() => caughtBy(change, tools, bounds));
      expect(caught).toBe(oracle);
    });
  }

  describe("the oracles themselves", () => {
    test("the model as it is passes them all", async () => {
      expect(await caughtBy(undefined, tools)).toBeUndefined();
    });

    test("an edit that changes no behavior survives", async () => {
      const harmless = {
        find: 'UnlockToReturn(v) ==\n    /\\ pc[v] = "UnlockToReturn"',
        replace: 'UnlockToReturn(v) ==\n    /\\ "UnlockToReturn" = pc[v]',
      };
      expect(await caughtBy(harmless, tools)).toBeUndefined();
    });
  });
});

test("each mutant edits a text that is there exactly once", () => {
  for (const mutant of modelMutants) expect(specTexts.has(editedModule(mutant))).toBe(true);
  expect(() => editedModule({ find: "vmCount", replace: "" })).toThrow(/is there \d+ times/);
});
