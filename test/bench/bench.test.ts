/** The bench on the smallest model: it measures, compares counts, and says so as text. */
import { expect, it } from "vitest";
import { runBench } from "../../verify/bench/bench.js";
import { benchText } from "../../verify/bench/benchText.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { grouped } from "../../verify/report/screen.js";
import { describeWithTlc } from "../support/tlc.js";

const model = "MC1x1";
const { distinct = 0, generated = 0, depth = 0 } = findEntry(readManifest(), model).expect;

describeWithTlc("runBench", (tools) => {
  it("measures TLC, the explorer and the comparison, with equal counts", async () => {
    const parts: string[] = [];
    const result = await runBench({
      model,
      conformModel: model,
      growthSeconds: 6,
      tools,
      onPart: (what) => parts.push(what),
    });
    expect(result.explore).toMatchObject({ distinct, generated, depth });
    expect(result.explore.ratio).toBeGreaterThan(0);
    expect(result.conform.edges).toBe(generated - 1);
    expect(result.growth[0]).toMatchObject({ domains: 1, vcpus: 1 });
    expect(parts.length).toBeGreaterThan(4);
    const text = benchText(result);
    expect(text).toContain([distinct, generated, depth].map(grouped).join(" / "));
    expect(text).toContain("1 x 1");
  });
});
