/** Runs tasks that have processes of their own, at most `limit` of them at a time. */
export function atMost(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running === limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      // Whoever waits first takes this place over.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
