/** Exploration by several workers, each of which owns the states with certain hashes. */
import { Worker } from "node:worker_threads";
import { ToolError, VerifyError } from "../support/verifyError.js";
import { AutomatonLog } from "./automatonLog.js";
import { Channel } from "./channel.js";
import { compiledModule } from "./compiledModule.js";
import { Crew } from "./crew.js";
import type { Explorable } from "./explorable.js";
import type { Exploration, ExploreOptions, Outcome, PartialReason } from "./exploration.js";
import { FieldExhausted } from "./fieldExhausted.js";
import { nearestOf } from "./finding.js";
import { Packing, type Widths } from "./packing.js";
import { ALL_HASH_BITS } from "./stateSet.js";
import { Stepper } from "./stepper.js";
import { violationOf } from "./trace.js";
import type { FromWorker, ToWorker, WorkerDone, WorkerTask } from "./workerMessages.js";

/** How often limits are looked at and progress is told, in milliseconds. */
const LOOK = 50;
const TELL = 200;

const ENTRY = new URL("./worker.js", compiledModule(import.meta.url));

/** @throws VerifyError EXPLORER_FAILED, and what a worker throws; FieldExhausted to try again. */
export async function exploreWithWorkers(
  system: Explorable,
  widths: Widths,
  log: Int32Array,
  options: ExploreOptions,
  start: number,
): Promise<Exploration> {
  const workers = options.workers ?? 2;
  const crewMemory = Crew.allocate(workers);
  const crew = new Crew(crewMemory, workers);
  const { words } = new Packing(system, widths);
  const task = {
    workers,
    recipe: system.recipe,
    widths,
    invariants: options.invariants ?? [],
    deadlock: options.deadlock ?? true,
    memoryLimit: (options.memoryLimit ?? Number.POSITIVE_INFINITY) / workers,
    hashBits: options.hashBits ?? ALL_HASH_BITS,
    crew: crewMemory,
    log,
    channels: channelsOf(workers, words),
  };
  const hands = crew.everyone.map((worker) => new Hand({ ...task, worker }));
  const watch = new Watch(crew, options, start);
  try {
    const parts = await Promise.all(hands.map((hand) => hand.done()));
    watch.end();
    const stepper = new Stepper(system, widths, new AutomatonLog(log));
    stepper.table.learn();
    const outcome = await outcomeOf(stepper, hands, parts, watch.reason);
    return summaryOf(stepper, parts, outcome, options, start);
  } finally {
    watch.end();
    crew.stop();
    await Promise.all(hands.map((hand) => hand.end()));
  }
}

function channelsOf(workers: number, words: number): (Int32Array | null)[][] {
  const all = Array.from({ length: workers }, (_, worker) => worker);
  return all.map((from) => all.map((to) => (from === to ? null : Channel.allocate(words))));
}

async function outcomeOf(
  stepper: Stepper,
  hands: readonly Hand[],
  parts: readonly WorkerDone[],
  reason: PartialReason | undefined,
): Promise<Outcome> {
  // Several workers may find something at the same time.
  const nearest = nearestOf(parts.flatMap(({ finding }) => finding ?? []));
  if (nearest !== undefined) {
    const violation = await violationOf(stepper, nearest, async (target, level) => {
      const answers = await Promise.all(hands.map((hand) => hand.predecessor(target, level)));
      const found = answers.find((state) => state !== undefined);
      if (found === undefined) throw new Error("a state has no predecessor");
      return found;
    });
    return { kind: "violation", violation };
  }
  if (reason !== undefined) return { kind: "partial", reason };
  return parts.some(({ full }) => full) ? { kind: "partial", reason: "memory" } : { kind: "holds" };
}

function summaryOf(
  stepper: Stepper,
  parts: readonly WorkerDone[],
  outcome: Outcome,
  options: ExploreOptions,
  start: number,
): Exploration {
  const sum = (of: (part: WorkerDone) => number) => parts.reduce((all, part) => all + of(part), 0);
  const distinct = sum((part) => part.distinct);
  const generatedByAction = new Map<string, number>();
  for (const [label, count] of parts.flatMap((part) => [...part.generatedByAction])) {
    generatedByAction.set(label, (generatedByAction.get(label) ?? 0) + count);
  }
  return {
    outcome,
    distinct,
    mappedDistinct: distinct - sum((part) => part.twins),
    generated: sum((part) => part.generated),
    depth: Math.max(...parts.map((part) => part.depth)),
    generatedByAction,
    seconds: (performance.now() - start) / 1000,
    workers: parts.length,
    memory: {
      packedBytes: 4 * stepper.packing.words,
      bytesBeyond: sum((part) => part.overheadBytes) / distinct,
      bytes: sum((part) => part.bytes),
      peakProcessBytes: process.resourceUsage().maxRSS * 1024,
    },
    checked: options.invariants ?? [],
    stepper,
  };
}

/** One worker, as its starter sees it: it is asked, and answers in order. */
class Hand {
  private readonly worker: Worker;
  private answer: (message: FromWorker) => void = () => {};
  private fail: (error: Error) => void = () => {};
  private waiting: Promise<FromWorker>;

  constructor(task: WorkerTask) {
    this.waiting = this.next();
    this.worker = new Worker(ENTRY, { workerData: task });
    this.worker.on("message", (message: FromWorker) => this.answer(message));
    this.worker.on("error", (error) => this.fail(failed(String(error))));
    this.worker.on("exit", (code) => this.fail(failed(`exit code ${code}`)));
  }

  async done(): Promise<WorkerDone> {
    const message = await this.waiting;
    switch (message.kind) {
      case "done":
        return message;
      case "exhausted":
        throw new FieldExhausted(message.field, message.what);
      case "error":
        throw message.fields ? new ToolError(message.fields) : failed(message.message);
      default:
        throw failed(`unexpected answer ${message.kind}`);
    }
  }

  async predecessor(target: Int32Array, level: number): Promise<Int32Array | undefined> {
    this.waiting = this.next();
    const question: ToWorker = { kind: "predecessor", target, level };
    this.worker.postMessage(question);
    const message = await this.waiting;
    if (message.kind !== "predecessor") throw failed(`unexpected answer ${message.kind}`);
    return message.state;
  }

  async end(): Promise<void> {
    this.waiting.catch(() => {});
    await this.worker.terminate();
  }

  private next(): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      this.answer = resolve;
      this.fail = reject;
    });
  }
}

/** Looks at the limits while the workers run, and tells how far they are. */
class Watch {
  reason: PartialReason | undefined;
  private readonly timer: NodeJS.Timeout;
  private toldAt = 0;

  constructor(
    private readonly crew: Crew,
    private readonly options: ExploreOptions,
    private readonly start: number,
  ) {
    this.timer = setInterval(() => this.look(), LOOK);
  }

  end(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { stateLimit, secondsLimit, signal, onProgress } = this.options;
    const [states, generated, frontier, depth, bytes] = this.crew.told();
    const elapsed = performance.now() - this.start;
    if (signal?.aborted) this.stop("aborted");
    else if (stateLimit !== undefined && states >= stateLimit) this.stop("states");
    else if (secondsLimit !== undefined && elapsed > 1000 * secondsLimit) this.stop("seconds");
    if (onProgress === undefined || elapsed < this.toldAt + TELL) return;
    this.toldAt = elapsed;
    const statesPerSecond = (1000 * states) / Math.max(1, elapsed);
    onProgress({ states, generated, frontier, depth, bytes, statesPerSecond });
  }

  private stop(reason: PartialReason): void {
    this.reason ??= reason;
    this.crew.stop();
  }
}

function failed(found: string): VerifyError {
  return new VerifyError({
    code: "EXPLORER_FAILED",
    what: "a worker of the explorer ended with an error",
    found,
    hint: "explore with one worker, to see the error itself",
  });
}
