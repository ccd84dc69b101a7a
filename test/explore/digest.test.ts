/** The digest that TLC sums up while it runs, against the one of the implementation. */
import { join } from "node:path";
import { runTlc } from "tla2tools-runner";
import { describe, expect, it } from "vitest";
import { digestOf, readDigest } from "../../verify/explore/digest.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { describeWithTlc, QUICK_JAVA } from "../support/tlc.js";

const model = await loadModel(findEntry(readManifest(), "MCDigest1x2"));
const system = systemOf(model);

/** What TLC prints for this cfg. */
const PRINTED = '<<"digest", 18546, 27834, 15405, 18435>>';

describe("the digest", () => {
  it("is the one that TLC prints, and a step less changes it", () => {
    const { digest, states, edges } = digestOf(model, system);
    expect({ digest, states, edges }).toEqual({
      digest: readDigest([PRINTED]),
      states: 39_076,
      edges: 86_807,
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

describeWithTlc("the digest of TLC", (tools) => {
  it("is what is pinned here", { timeout: 120_000 }, async () => {
    const { verdict, output, generated, distinct } = await runTlc({
      spec: join(modelDirectory, "MCDigest.tla"),
      config: join(modelDirectory, "MCDigest1x2.cfg"),
      tools,
      jvmArguments: QUICK_JAVA,
    });
    expect(verdict.kind).toBe("holds");
    expect({ generated, distinct }).toEqual({ generated: 86_808, distinct: 39_076 });
    expect(readDigest(output)).toEqual(readDigest([PRINTED]));
  });
});
