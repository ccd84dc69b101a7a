import { Worker } from "node:worker_threads";

/** What the engine is asked. */
export interface EngineRequest {
  readonly spec: string;
  readonly cfg: string;
  readonly maxStates: number;
  readonly maxDepth: number;
  readonly checkDeadlock: boolean;
}

/** The engine's own answer, as `tla-checker` gives it. */
export interface EngineAnswer {
  readonly success: boolean;
  readonly error_type: string | null;
  readonly error_message: string | null;
  readonly states_explored: number;
  readonly trace: readonly string[] | null;
  readonly warnings: readonly string[];
}

/** How the engine's thread ended. */
export type EngineEnd =
  | { readonly type: "answer"; readonly answer: EngineAnswer }
  | { readonly type: "timeout" | "abort" }
  | { readonly type: "failure"; readonly message: string };

/** From its TypeScript source this package uses the compiled worker: Node runs JavaScript only. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/embedded/engineWorker.js" : "./engineWorker.js",
  import.meta.url,
);

/** Runs the engine in a thread of its own, which is ended on time-out and on abort. */
export async function runEngine(
  request: EngineRequest,
  timeoutSeconds: number | undefined,
  signal: AbortSignal | undefined,
): Promise<EngineEnd> {
  if (signal?.aborted) return { type: "abort" };
  const worker = new Worker(WORKER, { workerData: request });
  let unwatch = () => {};
  const end = await new Promise<EngineEnd>((resolve) => {
    const onAbort = () => resolve({ type: "abort" });
    const timer =
      timeoutSeconds === undefined
        ? undefined
        : setTimeout(() => resolve({ type: "timeout" }), timeoutSeconds * 1000);
    signal?.addEventListener("abort", onAbort, { once: true });
    unwatch = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    worker.once("message", (text: string) => resolve({ type: "answer", answer: JSON.parse(text) }));
    worker.once("error", (error) => resolve({ type: "failure", message: error.message }));
    worker.once("exit", (code) => resolve({ type: "failure", message: `exit code ${code}` }));
  });
  unwatch();
  await worker.terminate();
  return end;
}
