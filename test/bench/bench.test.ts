/** The bench on the smallest model: it measures, compares counts, and says so as text. */
import { expect, it } from "vitest";
import { runBench } from "../../verify/bench/bench.js";
import { benchText } from "../../verify/bench/benchText.js";
import { describeWithTlc } from "../support/tlc.js";

describeWithTlc("runBench", (tools) => {
  it("measures TLC, the explorer and the comparison, with equal counts", async () => {
    const parts: string[] = [];
    const result = await runBench({
      model: "MCHafnium",
      conformModel: "MCHafnium",
      growthSeconds: 6,
      tools,
      onPart: (what) => parts.push(what),
    });
    expect(result.explore).toMatchObject({ distinct: 11_674, generated: 26_208, depth: 32 });
    expect(result.explore.ratio).toBeGreaterThan(0);
    expect(result.conform.edges).toBe(26_207);
    expect(result.growth[0]).toMatchObject({ domains: 1, vcpus: 1 });
    expect(parts.length).toBeGreaterThan(4);
    const text = benchText(result);
    expect(text).toContain("11,674 / 26,208 / 32");
    expect(text).toContain("1 x 1");
  });
});
