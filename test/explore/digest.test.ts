/** The digest that TLC sums up while it runs, against the one of the implementation. */
import { describe, expect, it } from "vitest";
import { digestOf, readDigest } from "../../verify/explore/digest.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";

const model = await loadModel(findEntry(readManifest(), "MCDigest1x2"));
const system = systemOf(model);

/** What TLC prints for this cfg; `npm run verify` compares the two anew. */
const PRINTED = '<<"digest", 22779, 35367, 21725, 3915>>';

describe("the digest", () => {
  it("is the one that TLC prints, and a step less changes it", () => {
    const { digest, states, edges } = digestOf(model, system);
    expect({ digest, states, edges }).toEqual({
      digest: readDigest([PRINTED]),
      states: 8_069,
      edges: 16_924,
    });
    const omitted = digestOf(model, system, 1000).digest;
    expect(omitted.slice(0, 2)).toEqual(digest.slice(0, 2));
    expect(omitted[2]).not.toBe(digest[2]);
    expect(omitted[3]).not.toBe(digest[3]);
  });

  it("is missing from the output of another cfg", () => {
    for (const line of ["Model checking completed.", `${PRINTED} `, `a ${PRINTED}`]) {
      expect(() => readDigest([line])).toThrow(
        expect.objectContaining({
          code: "DIGEST_MISSING",
          message: expect.stringContaining("TLC printed no digest"),
          where: "model/MCDigest.tla",
          hint: "run a cfg that has StatesAreSummed and StepsAreSummed, with one worker",
        }),
      );
    }
  });

  it("is the last that was printed, behind those of graphs that grew", () => {
    const lines = ['<<"digest", 1, 2, 3, 4>>', PRINTED, "Finished in 3s"];
    expect(readDigest(lines)).toEqual(readDigest([PRINTED]));
  });

  it("needs a module that says how states and steps are coded", async () => {
    const without = await loadModel(findEntry(readManifest(), "MC1x2"));
    expect(() => digestOf(without, systemOf(without))).toThrow(
      expect.objectContaining({
        code: "SPEC_UNSUPPORTED",
        message: expect.stringContaining("to be summed up does not define Mixed"),
        hint: "its module must extend what model/MCDigest.tla has",
      }),
    );
  });
});
