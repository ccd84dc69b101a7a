/** verify/conform/conformEmbedded.ts: the graph of the embedded engine, whole, cut short, other. */
import { expect, test } from "vitest";
import { conformEmbedded } from "../../verify/conform/conformEmbedded.js";
import { explore } from "../../verify/engine/explore.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { withDefect } from "../support/defects.js";
import { temporaryDirectory } from "../support/temporary.js";
import { writeTestModel } from "../support/testModel.js";

/** The cfg checks what is not there: a comparison of graphs does not look at it. */
const model = writeTestModel(temporaryDirectory(), {
  calls: '{ <<"VERSION", 101>> }',
  constants: { VcpusPerDomain: "= 1" },
  invariants: ["Undefined"],
  properties: ["Undefined"],
});
const system = systemOf(model);
const inTime = { timeoutSeconds: 60 };

test("an equal graph is compared to its end, whatever the cfg checks", async () => {
  const { distinct, generated, depth } = await explore(system);
  const { outcome, endedBy } = await conformEmbedded(model, system, inTime);
  expect(endedBy).toBeUndefined();
  expect(outcome).toMatchObject({
    model,
    difference: undefined,
    isComplete: true,
    states: distinct,
    edges: generated - 1,
    depth,
    lines: 0,
  });
});

test("a difference ends it, and not the engine", async () => {
  const other = withDefect(system, (operation) => {
    return operation.label === "WriteVersTmp" ? { ...operation, label: "Other" } : operation;
  });
  const { outcome, endedBy } = await conformEmbedded(model, other, inTime);
  expect(endedBy).toBeUndefined();
  expect(outcome.difference).toBeDefined();
  expect(outcome.stepper.system).toBe(other);
});

test.each([
  ["timed-out", { timeoutSeconds: 0.000_001 }],
  ["killed", { ...inTime, signal: AbortSignal.abort() }],
] as const)("a run that is %s is not complete", async (kind, options) => {
  const { outcome, endedBy } = await conformEmbedded(model, system, options);
  expect(endedBy).toBe(kind);
  expect(outcome).toMatchObject({ difference: undefined, isComplete: false });
});
