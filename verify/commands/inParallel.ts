/**
 * Runs jobs, at most `width` at once; results in the order of the jobs. The first error ends all.
 */
export async function inParallel<T, R>(
  jobs: readonly T[],
  width: number,
  run: (job: T, signal: AbortSignal) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const controller = new AbortController();
  let next = 0;
  const lane = async () => {
    while (next < jobs.length && !controller.signal.aborted) {
      const mine = next++;
      results[mine] = await run(jobs[mine], controller.signal);
    }
  };
  const lanes = Array.from({ length: Math.min(width, jobs.length) }, () =>
    lane().catch((error: unknown) => {
      controller.abort();
      throw error;
    }),
  );
  const ends = await Promise.allSettled(lanes);
  const failed = ends.find((end) => end.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return results;
}
