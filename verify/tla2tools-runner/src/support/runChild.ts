import { execa } from "execa";
import type { Environment } from "../tools/toolTypes.js";
import { onAbruptExit } from "./abruptExit.js";

/** As much of the end of standard error is kept, in characters. */
const STDERR_KEPT = 64 * 1024;

export interface ChildOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  /** The child is ended after this time; undefined for no bound. */
  readonly timeoutMilliseconds: number | undefined;
  /** The child is ended when this aborts. */
  readonly signal: AbortSignal | undefined;
  /** Called with each line of standard output, without its line break. */
  readonly onLine: (line: string) => void;
}

/** How a child ended. */
export interface ChildEnd {
  /** Who ended it: itself, this package because of time or the caller, or a signal from outside. */
  readonly endedBy: "itself" | "timeout" | "abort" | "signal";
  readonly exitCode: number | undefined;
  /** The signal that ended it, by name. */
  readonly signal: string | undefined;
  /** The end of what it wrote to standard error. */
  readonly stderr: string;
  readonly milliseconds: number;
  /** Why it could not be started at all. */
  readonly startFailure: string | undefined;
}

/** Java answers SIGHUP, SIGINT and SIGTERM with these exit codes; a shell so reports SIGKILL. */
export const SIGNAL_EXIT_CODES: ReadonlySet<number | undefined> = new Set([129, 130, 137, 143]);

/**
 * Runs a program without a shell and reads its output by lines. The child leads a process group
 * of its own, and the whole group is ended with it: on time-out, on abort, when `onLine` throws,
 * and when this process ends.
 */
export async function runChild(options: ChildOptions): Promise<ChildEnd> {
  const start = performance.now();
  const child = execa(options.program, options.args, {
    cwd: options.cwd,
    env: { ...options.env },
    extendEnv: false,
    stdin: "ignore",
    buffer: false,
    reject: false,
    detached: process.platform !== "win32",
    cleanup: false,
  });
  let stopped: "timeout" | "abort" | undefined;
  const stop = (reason: "timeout" | "abort") => {
    stopped ??= reason;
    endGroup(child.pid);
  };
  const withdraw = onAbruptExit(() => endGroup(child.pid));
  const unwatch = watch(options, stop);
  const stderr = keepEnd(child.stderr);
  try {
    for await (const line of child.iterable()) {
      try {
        options.onLine(line);
      } catch (error) {
        // To leave the loop is to wait for the child, so it is ended before.
        endGroup(child.pid);
        throw error;
      }
    }
    const result = await child;
    return {
      endedBy: stopped ?? (isSignalled(result) ? "signal" : "itself"),
      exitCode: result.exitCode,
      signal: result.signal,
      stderr: stderr(),
      milliseconds: performance.now() - start,
      startFailure: child.pid === undefined ? result.shortMessage : undefined,
    };
  } finally {
    unwatch();
    withdraw();
  }
}

function isSignalled(result: { signal?: string; exitCode?: number }): boolean {
  return result.signal !== undefined || SIGNAL_EXIT_CODES.has(result.exitCode);
}

function watch(options: ChildOptions, stop: (reason: "timeout" | "abort") => void): () => void {
  const { signal, timeoutMilliseconds } = options;
  const onAbort = () => stop("abort");
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  const timer =
    timeoutMilliseconds === undefined
      ? undefined
      : setTimeout(() => stop("timeout"), timeoutMilliseconds);
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    // A negative number means the group, so that a `java` that is a shell script takes the real
    // Java with it. There is nothing that a child could save: all it writes is temporary.
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

function keepEnd(stream: NodeJS.ReadableStream): () => string {
  let kept = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    kept = (kept + chunk).slice(-STDERR_KEPT);
  });
  stream.on("error", () => undefined);
  return () => kept.trim();
}
