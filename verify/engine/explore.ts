/** Exhaustive breadth-first exploration of the implementation, from its initial state. */

import { auditAutomaton } from "./auditAutomaton.js";
import { AutomatonLog } from "./automatonLog.js";
import type { Checkable } from "./clause.js";
import { type Explorable, unknownCheckable } from "./explorable.js";
import type {
  Exploration,
  ExploreOptions,
  ExploreProgress,
  Outcome,
  PartialReason,
} from "./exploration.js";
import { exploreWithWorkers } from "./exploreWithWorkers.js";
import { FieldExhausted, type FieldName } from "./fieldExhausted.js";
import { declaredWidths, type Widths } from "./packing.js";
import { type Sampled, sampleWidths } from "./sampleWidths.js";
import { Search } from "./search.js";
import { Stepper } from "./stepper.js";
import { violationOf } from "./trace.js";

export type {
  Exploration,
  ExploreOptions,
  ExploreProgress,
  Outcome,
  Violation,
} from "./exploration.js";

/** How many states are looked at first, to see how many local states the actors have. */
const SAMPLE = 50_000;

/**
 * Explores all states that a system can reach, breadth first, and checks invariants on them.
 * It stops at the first violation, or at a limit with a result that is named partial.
 *
 * @throws VerifyError INVARIANT_UNKNOWN, LOCALS_INCOMPLETE, EXPLORER_FULL, EXPLORER_FAILED
 */
export async function explore(
  system: Explorable,
  options: ExploreOptions = {},
): Promise<Exploration> {
  const names = options.invariants ?? [];
  const checkables = names.map((name) => checkableOf(system, name));
  const start = performance.now();
  const log = (options.workers ?? 1) > 1 ? AutomatonLog.allocate() : null;
  const sampled = sampleWidths(system, options.sample ?? SAMPLE, log && new AutomatonLog(log));
  let { widths } = sampled;
  for (;;) {
    try {
      const exploration = await (log === null
        ? exploreHere(system, { ...sampled, widths }, checkables, options, start)
        : exploreWithWorkers(system, widths, log, options, start));
      // Runs that share a node were taken for one behavior; now that all are known, that is
      // checked.
      for (const automaton of exploration.stepper.automata) auditAutomaton(automaton);
      return exploration;
    } catch (error) {
      // All over again, with more room.
      if (!(error instanceof FieldExhausted)) throw error;
      widths = wider(system, widths, error.field);
    }
  }
}

function checkableOf(system: Explorable, name: string): Checkable {
  const checkable = system.checkable(name);
  if (checkable === undefined) throw unknownCheckable(system, name);
  return checkable;
}

/** More for one actor is more for those like it; a slot that was wrong says that others may be. */
function wider(system: Explorable, { nodes, slots }: Widths, { of, index }: FieldName): Widths {
  if (of === "slots") return { nodes, slots: declaredWidths(system, 0).slots };
  return { nodes: nodes.map((bits) => (bits === nodes[index] ? bits + 1 : bits)), slots };
}

async function exploreHere(
  system: Explorable,
  { widths, automata }: Sampled,
  checkables: readonly Checkable[],
  options: ExploreOptions,
  start: number,
): Promise<Exploration> {
  const stepper = new Stepper(system, widths, null, automata);
  const search = new Search(stepper, {
    checkables,
    deadlock: options.deadlock ?? true,
    memoryLimit: options.memoryLimit ?? Number.POSITIVE_INFINITY,
    ...(options.hashBits === undefined ? {} : { hashBits: options.hashBits }),
  });
  const reason = await searchLevels(search, options, start);
  const generatedByAction = stepper.table.countsByLabel();
  const outcome = await outcomeOf(search, reason);
  const { set } = search;
  return {
    outcome,
    distinct: set.size,
    mappedDistinct: set.size - set.twins,
    generated: search.generated,
    depth: search.depth,
    generatedByAction,
    seconds: (performance.now() - start) / 1000,
    workers: 1,
    memory: {
      packedBytes: 4 * set.words,
      bytesBeyond: set.overheadBytes / set.size,
      bytes: set.bytes,
      peakProcessBytes: process.resourceUsage().maxRSS * 1024,
    },
    checked: options.invariants ?? [],
    stepper,
  };
}

async function outcomeOf(search: Search, reason: PartialReason | undefined): Promise<Outcome> {
  const { finding, stepper } = search;
  if (finding !== undefined) {
    const violation = await violationOf(stepper, finding, async (target, level) => {
      const found = search.predecessor(target, level);
      if (found === undefined) throw new Error("a state has no predecessor");
      return found;
    });
    return { kind: "violation", violation };
  }
  return reason === undefined ? { kind: "holds" } : { kind: "partial", reason };
}

/** @returns why the search stopped before its end, if it did. */
async function searchLevels(
  search: Search,
  options: ExploreOptions,
  start: number,
): Promise<PartialReason | undefined> {
  const limits = new Limits(search, options, start);
  search.start();
  search.addAll(search.batch);
  while (search.found > 0) {
    search.beginLevel();
    while (search.hasStates) {
      if (search.stopped) return search.full ? "memory" : undefined;
      const reason = limits.exceeded() ?? (await limits.giveWay());
      if (reason !== undefined) return reason;
      search.expandSome();
      search.addAll(search.batch);
    }
  }
  return search.full ? "memory" : undefined;
}

/** How long others wait for this thread, and how often progress is told, in milliseconds. */
const TURN = 50;
const TELL = 200;

class Limits {
  private turnEnds = 0;
  private tellAt = 0;

  constructor(
    private readonly search: Search,
    private readonly options: ExploreOptions,
    private readonly start: number,
  ) {}

  exceeded(): PartialReason | undefined {
    const { stateLimit = Number.POSITIVE_INFINITY } = this.options;
    return this.search.set.size >= stateLimit ? "states" : undefined;
  }

  /** Lets others run, now and then. */
  async giveWay(): Promise<PartialReason | undefined> {
    const now = performance.now();
    if (now < this.turnEnds) return undefined;
    const { signal, secondsLimit = Number.POSITIVE_INFINITY, onProgress } = this.options;
    if (now >= this.tellAt && onProgress) {
      onProgress(this.progress(now));
      this.tellAt = now + TELL;
    }
    await new Promise((resolve) => setImmediate(resolve));
    this.turnEnds = performance.now() + TURN;
    if (signal?.aborted) return "aborted";
    return now - this.start > 1000 * secondsLimit ? "seconds" : undefined;
  }

  private progress(now: number): ExploreProgress {
    const { search } = this;
    return {
      states: search.set.size,
      generated: search.generated,
      frontier: search.frontier,
      depth: search.depth,
      bytes: search.set.bytes,
      statesPerSecond: (1000 * search.set.size) / Math.max(1, now - this.start),
    };
  }
}
