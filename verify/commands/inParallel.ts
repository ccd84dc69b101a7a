export interface ParallelOptions<T> {
  /** How many jobs run at once: 1 or more. */
  readonly width: number;
  /** How long a job takes beside the others, in any unit. */
  readonly sizeOf: (job: T) => number;
}

/**
 * Runs jobs, the largest first, so that none of them runs alone at the end; results in the order
 * of the jobs. The first error ends all.
 */
export async function inParallel<T, R>(
  jobs: readonly T[],
  { width, sizeOf }: ParallelOptions<T>,
  run: (job: T, signal: AbortSignal) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const order = [...jobs.keys()].sort((a, b) => sizeOf(jobs[b]) - sizeOf(jobs[a]));
  const controller = new AbortController();
  let next = 0;
  const lane = async () => {
    while (next < order.length && !controller.signal.aborted) {
      const mine = order[next++];
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
