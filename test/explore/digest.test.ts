/** The digest that TLC sums up while it runs, against the one of the implementation. */
import { describe, expect, it } from "vitest";
import { digestOf, readDigest } from "../../verify/explore/digest.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";

const model = await loadModel(findEntry(readManifest(), "MCDigest1x2"));
const system = systemOf(model);

/** What TLC prints for this cfg; `npm run verify` compares the two anew. */
const PRINTED = '<<"digest", 12645, 39565, 44009, 25497>>';

describe("the digest", () => {
  it("is the one that TLC prints, and a step less changes it", () => {
    const { digest, states, edges } = digestOf(model, system);
    expect({ digest, states, edges }).toEqual({
      digest: readDigest([PRINTED]),
      states: 7_122,
      edges: 15_027,
    });
    const omitted = digestOf(model, system, 1000).digest;
    expect(omitted.slice(0, 2)).toEqual(digest.slice(0, 2));
    expect(omitted[2]).not.toBe(digest[2]);
    expect(omitted[3]).not.toBe(digest[3]);
  });

  it("is missing from the output of another cfg", () => {
    expect(() => readDigest(["Model checking completed."])).toThrow(
      expect.objectContaining({ code: "DIGEST_MISSING" }),
    );
  });
});
