/** Several workers against one on the models: the same counts, verdicts and lengths. */
import { describe, expect, it } from "vitest";
import { explore } from "../../verify/engine/explore.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { told } from "../support/told.js";

describe("workers", () => {
  it.each([
    [2, "MCUpstream"],
    [3, "MCTfA"],
  ])("%i of them count what one counts on %s", async (workers, name) => {
    const model = await loadModel(findEntry(readManifest(), name));
    const system = systemOf(model);
    const invariants = model.invariants;
    const one = await explore(system, { invariants });
    const many = await explore(system, { invariants, workers });
    expect(many.workers).toBe(workers);
    expect(told(many)).toEqual(told(one));
  });

  it("find a violation of the same length", async () => {
    const model = await loadModel(findEntry(readManifest(), "MCH1"));
    const system = systemOf(model);
    const { outcome } = await explore(system, { invariants: model.invariants, workers: 2 });
    expect(outcome).toMatchObject({
      kind: "violation",
      violation: { name: "NoNegativeAnswerInv", length: 20 },
    });
  });
});
