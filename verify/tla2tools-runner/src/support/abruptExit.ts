/** The signals that end a program and that can be caught. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const cleanups = new Set<() => void>();
const signalHandlers = new Map(SIGNALS.map((signal) => [signal, () => onSignal(signal)]));

/**
 * Runs `cleanup` if this process ends before the returned function is called: by `process.exit`,
 * by an uncaught error, or by SIGINT, SIGTERM or SIGHUP. `cleanup` must be synchronous and must
 * not throw. After a signal the process ends by that signal, unless the program has handlers of
 * its own, which then decide.
 *
 * @returns A function that withdraws `cleanup`.
 */
export function onAbruptExit(cleanup: () => void): () => void {
  if (cleanups.size === 0) install();
  cleanups.add(cleanup);
  return () => {
    if (cleanups.delete(cleanup) && cleanups.size === 0) uninstall();
  };
}

function install(): void {
  process.on("exit", runCleanups);
  // Ours come first, and leave before the others are asked: libraries that look whether they are
  // the only ones to handle a signal would otherwise wait for us as we wait for them.
  for (const [signal, handler] of signalHandlers) process.prependListener(signal, handler);
}

function uninstall(): void {
  process.off("exit", runCleanups);
  for (const [signal, handler] of signalHandlers) process.off(signal, handler);
}

function runCleanups(): void {
  // Newest first: a child process ends before the directory it writes to is removed.
  for (const cleanup of [...cleanups].reverse()) cleanup();
  cleanups.clear();
}

function onSignal(signal: (typeof SIGNALS)[number]): void {
  runCleanups();
  uninstall();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
