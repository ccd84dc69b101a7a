/** Covers verify/commands/inParallel.ts. */
import { describe, expect, it } from "vitest";
import { inParallel } from "../../verify/commands/inParallel.js";

const sizeOf = (job: number): number => job;

describe("inParallel", () => {
  it("starts the largest first and answers in the order of the jobs", async () => {
    const started: number[] = [];
    const results = await inParallel([3, 9, 1, 5], { width: 2, sizeOf }, async (job) => {
      started.push(job);
      return job * 10;
    });
    expect(started).toEqual([9, 5, 3, 1]);
    expect(results).toEqual([30, 90, 10, 50]);
  });

  it("runs no more at once than its width", async () => {
    let running = 0;
    let most = 0;
    await inParallel([1, 2, 3, 4, 5], { width: 2, sizeOf }, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    });
    expect(most).toBe(2);
  });

  it("ends all with the first error: the others are told, and no job starts behind it", async () => {
    const started: number[] = [];
    const told: number[] = [];
    const run = inParallel([4, 3, 2, 1], { width: 2, sizeOf }, async (job, signal) => {
      started.push(job);
      if (job === 4) throw new Error("job 4");
      await new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => resolve());
      });
      told.push(job);
    });
    await expect(run).rejects.toThrow("job 4");
    expect(started).toEqual([4, 3]);
    expect(told).toEqual([3]);
  });
});
