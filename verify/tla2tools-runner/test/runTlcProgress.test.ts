/** What is told while TLC runs. */
import { describe, expect, it } from "vitest";
import type { TlcProgress } from "../src/index.js";
import { message, runFake, SUCCESS } from "./support/fakeTlc.js";
import { Sandbox } from "./support/sandbox.js";

describe("progress", () => {
  const progress = (depth: string, generated: string, distinct: string, queue: string) =>
    message(
      2200,
      0,
      `Progress(${depth}) at 2026-01-01 00:00:00: ${generated} states generated (1,500 s/min), ` +
        `${distinct} distinct states found (900 ds/min), ${queue} states left on queue.`,
    );

  it("is told with numbers, depth, time and rate", async () => {
    const seen: TlcProgress[] = [];
    const output =
      progress("3", "1,000", "2,000", "30") + progress("7", "12,000", "2,000", "30") + SUCCESS;
    await runFake(new Sandbox(), 'cat "$OUTPUT"', output, {
      onProgress: (report) => seen.push(report),
    });
    expect(seen).toMatchObject([
      { depth: 3, generated: 1000, distinct: 2000, queue: 30 },
      { depth: 7, generated: 12_000, distinct: 2000, queue: 30 },
    ]);
    expect(seen[1]?.statesPerSecond).toBeGreaterThan(0);
    expect(seen[1]?.seconds).toBeGreaterThan(0);
  });

  it.each([
    ["en", "7,480,636", "12,000"],
    ["de", "7.480.636", "12.000"],
    ["fr", "7\u202f480\u202f636", "12\u202f000"],
    ["pl", "7\u00a0480\u00a0636", "12\u00a0000"],
    ["de-CH", "7’480’636", "12’000"],
    ["hi", "74,80,636", "12,000"],
    ["ar-EG", "٧٬٤٨٠٬٦٣٦", "١٢٬٠٠٠"],
    ["fa", "۷٬۴۸۰٬۶۳۶", "۱۲٬۰۰۰"],
    ["mr", "७४,८०,६३६", "१२,०००"],
  ])("and the counts of a run that is ended early are right in the locale %s", async (_, ...of) => {
    const seen: TlcProgress[] = [];
    const [generated, distinct] = of;
    const result = await runFake(
      new Sandbox(),
      'cat "$OUTPUT"; kill -TERM $$; sleep 5',
      progress("7", generated, distinct, distinct),
      { onProgress: (report) => seen.push(report) },
    );
    const counts = { generated: 7_480_636, distinct: 12_000, queue: 12_000, depth: 7 };
    expect(seen).toMatchObject([counts]);
    expect(result).toMatchObject({ verdict: { kind: "killed" }, ...counts });
  });

  it("of a simulation tells no numbers that TLC does not know", async () => {
    const seen: TlcProgress[] = [];
    const text =
      "Progress(3) at x: 7 states generated, -1 distinct states found, -1 states left on queue.";
    await runFake(new Sandbox(), 'cat "$OUTPUT"; kill -TERM $$; sleep 5', message(2209, 0, text), {
      onProgress: (report) => seen.push(report),
    });
    expect(seen).toMatchObject([{ generated: 7, distinct: 0, queue: 0, depth: 0 }]);
  });
});
