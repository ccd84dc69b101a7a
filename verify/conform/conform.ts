/**
 * Compares TLC's state graph with the implementation, both ways, for every state and every edge.
 *
 * One pass over the dump. Each state of the graph carries the packed state of the implementation
 * that a step led to; each edge must be a step that the implementation offers there, and lead to
 * the state that it leads to. At the end of a state's edges no step may be left over. Starting from
 * equal initial states, equal steps everywhere mean equal graphs.
 */
import { SyncFault } from "../../src/sync/index.js";
import type { BehaviorStep } from "../engine/behavior.js";
import type { Stepper } from "../engine/stepper.js";
import { type DumpVisitor, type Fingerprint, readDump } from "../graph/dumpReader.js";
import { variablesOf } from "../graph/dumpText.js";
import { FingerprintTable } from "../graph/fingerprintTable.js";
import { stateTextOf, visibleMask } from "../mediator/refinement.js";
import type { System } from "../mediator/system.js";
import type { StateText } from "../model/stateText.js";
import { VerifyError } from "../support/verifyError.js";
import { behaviorTo } from "./behavior.js";
import { DumpStates } from "./dumpStates.js";
import { StateReader } from "./stateReader.js";
import { Steps } from "./steps.js";

export type DifferenceKind =
  | "initial-state"
  | "model-only"
  | "implementation-only"
  | "other-state"
  | "hidden-state"
  | "fault";

/** The kinds that are found at a step of the model. */
const AT_AN_EDGE: ReadonlySet<DifferenceKind> = new Set([
  "model-only",
  "other-state",
  "hidden-state",
]);

/** The first place where the two differ. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** The step's name; for a fault, what the implementation's step misuses there, and how. */
  readonly action: string;
  /** Those of the model's step, where the version of TLC says them. */
  readonly parameters?: string | undefined;
  /** Whose step of the implementation the model does not take; undefined for other kinds. */
  readonly actor?: number | undefined;
  /** From the initial state to the one in which the two differ. */
  readonly behavior: readonly BehaviorStep[];
  /** The state that the model's step leads to; undefined when the model has no such step. */
  readonly model: StateText | undefined;
  /** The state that the implementation's step leads to, or undefined. */
  readonly implementation: StateText | undefined;
}

export interface ConformResult {
  readonly states: number;
  readonly edges: number;
  /** States on the longest behavior that first reached a state. */
  readonly depth: number;
  readonly lines: number;
  readonly edgesByAction: ReadonlyMap<string, number>;
  readonly edgesByActor: readonly number[];
  readonly difference: Difference | undefined;
  /** False for the graph of a run that ended early: then nothing is said of what it left out. */
  readonly isComplete: boolean;
}

/**
 * @param isComplete Whether the run that wrote the graph came to its end.
 * @throws VerifyError when the dump is no state graph of this model.
 */
export function conform(
  stepper: Stepper<System>,
  dumpPath: string,
  isComplete = true,
): ConformResult {
  const comparison = new GraphComparison(stepper);
  let lines = 0;
  try {
    lines = readDump(dumpPath, comparison);
    comparison.finish(isComplete);
  } catch (stop) {
    if (!(stop instanceof FirstDifference)) throw stop;
  }
  return comparison.result(lines);
}

/** Ends the reading of a graph. */
export class FirstDifference extends Error {}

/** @throws FirstDifference, which `result` then has; VerifyError for a graph of another model */
export class GraphComparison implements DumpVisitor {
  private readonly ids = new FingerprintTable();
  private readonly states: DumpStates;
  private readonly reader: StateReader;
  private readonly steps: Steps;
  private readonly visible: Int32Array;
  private readonly everything: Int32Array;
  private readonly byAction = new Map<string, number>();
  private readonly byActor: number[];
  private edges = 0;
  private source = -1;
  private sourceId: Fingerprint | undefined;
  /** An edge into a state whose line comes next. */
  private awaited: { from: number; action: string; id: Fingerprint } | undefined;
  /** Those of the edge read last. */
  private parameters: string | undefined;
  private difference: Difference | undefined;
  private isComplete = false;

  constructor(private readonly stepper: Stepper<System>) {
    this.states = new DumpStates(stepper.packing.words);
    this.reader = new StateReader(stepper);
    this.steps = new Steps(stepper);
    this.visible = visibleMask(stepper.system, stepper.packing);
    this.everything = new Int32Array(stepper.packing.words).fill(-1);
    this.byActor = stepper.system.actors.map(() => 0);
  }

  state(id: Fingerprint, text: string, initial: boolean, line: number): void {
    const known = this.reader.read(text);
    if (initial) {
      this.initialState(id, text, known);
      return;
    }
    const { awaited } = this;
    this.awaited = undefined;
    if (awaited === undefined || !sameId(awaited.id, id)) throw unexpectedState(line);
    const step = known ? this.matchingStep(awaited.action, this.reader.bits, 0, this.visible) : -1;
    if (step < 0) this.stopAtEdge(awaited.action, new Map(variablesOf(text)));
    this.states.match(awaited.from, step);
    this.count(step);
    this.ids.add(id);
    if (!this.states.add(this.steps.successor(step), awaited.from)) throw twoNames(line);
  }

  edge(
    from: Fingerprint,
    to: Fingerprint,
    action: string,
    parameters: string | undefined,
    line: number,
  ): void {
    if (this.awaited !== undefined) throw unexpectedState(line);
    this.parameters = parameters;
    // The edges of one state come together, so that its number is looked up once.
    if (!sameId(this.sourceId, from)) this.enter(from, line);
    const target = this.ids.find(to);
    if (target < 0) {
      this.awaited = { from: this.source, action, id: { head: to.head, tail: to.tail } };
      return;
    }
    const { arena, words } = this.states;
    const step = this.matchingStep(action, arena, target * words, this.everything);
    if (step < 0) this.stopAtKnownState(action, target);
    this.states.match(this.source, step);
    this.count(step);
  }

  /**
   * No step of the implementation may be left over anywhere, and no state without its edges. A run
   * that ended early has shown all edges of the states before the last one that it took steps of.
   */
  finish(isComplete: boolean): void {
    if (this.states.size === 0) throw emptyGraph();
    if (this.awaited !== undefined) throw unexpectedState(0);
    this.isComplete = isComplete;
    this.stopAtLeftOver(isComplete ? this.states.size : this.source);
  }

  result(lines: number): ConformResult {
    return {
      states: this.states.size,
      edges: this.edges,
      depth: this.states.depths.subarray(0, this.states.size).reduce((a, b) => Math.max(a, b), 0),
      lines,
      edgesByAction: this.byAction,
      edgesByActor: this.byActor,
      difference: this.difference,
      isComplete: this.isComplete,
    };
  }

  private initialState(id: Fingerprint, text: string, known: boolean): void {
    const { initial } = this.stepper;
    const same = this.reader.bits.every((bits, w) => ((bits ^ initial[w]) & this.visible[w]) === 0);
    if (!known || !same || this.states.size > 0) {
      this.stop("initial-state", "Init", [], new Map(variablesOf(text)), this.textOf(initial));
    }
    this.ids.add(id);
    this.states.add(initial, -1);
  }

  private enter(from: Fingerprint, line: number): void {
    this.leave();
    const source = this.ids.find(from);
    if (source < 0) throw unexpectedState(line);
    this.source = source;
    this.sourceId = { head: from.head, tail: from.tail };
    this.findSteps(source);
  }

  /** Brings the steps of state `index` to hand; one that misuses shared memory is a difference. */
  private findSteps(index: number): void {
    try {
      this.steps.find(this.states.arena, index * this.states.words);
    } catch (fault) {
      if (!(fault instanceof SyncFault)) throw fault;
      this.stopAtLeftOver(index);
      this.stop("fault", fault.message, this.behavior(index), undefined, undefined);
    }
  }

  /** A state all of whose steps have been shown needs no second look. */
  private leave(): void {
    if (this.source >= 0 && this.firstLeftOver(this.source) < 0)
      this.states.closed[this.source] = 1;
  }

  /**
   * The first step of state `index`, whose steps are at hand, that the graph has not shown; or
   * -1.
   */
  private firstLeftOver(index: number): number {
    for (let i = 0; i < this.steps.count; i++) if (!this.states.isMatched(index, i)) return i;
    return -1;
  }

  /** A step of this name that the graph has not shown yet and that leads there; -1 without one. */
  private matchingStep(action: string, to: Int32Array, base: number, mask: Int32Array): number {
    const { steps, states, source } = this;
    for (let i = 0; i < steps.count; i++) {
      if (steps.labels[i] === action && !states.isMatched(source, i)) {
        if (steps.leadsTo(i, to, base, mask)) return i;
      }
    }
    return -1;
  }

  private count(step: number): void {
    const action = this.steps.labels[step];
    this.edges++;
    this.byAction.set(action, (this.byAction.get(action) ?? 0) + 1);
    this.byActor[this.steps.actors[step] - 1]++;
  }

  /** Stops at the first state before `end` in which the implementation has a step too many. */
  private stopAtLeftOver(end: number): void {
    const { states, steps } = this;
    for (let index = 0; index < end; index++) {
      if (states.closed[index] === 1) continue;
      this.findSteps(index);
      const i = this.firstLeftOver(index);
      if (i < 0) continue;
      const to = this.textOf(steps.successor(i));
      const [action, actor] = [steps.labels[i], steps.actors[i]];
      this.stop("implementation-only", action, this.behavior(index), undefined, to, actor);
    }
  }

  private stopAtKnownState(action: string, target: number): never {
    const { arena, words } = this.states;
    const seen = this.matchingStep(action, arena, target * words, this.visible);
    const model = this.textOf(arena.subarray(target * words));
    if (seen < 0) this.stopAtEdge(action, model);
    // The model sees one state where the implementation has two: the correspondence is incomplete.
    return this.stop("hidden-state", action, this.behavior(this.source), model, model);
  }

  private stopAtEdge(action: string, model: StateText): never {
    // States come in the order of their depth, so a step left over before this one is nearer.
    const { source } = this;
    this.leave();
    this.stopAtLeftOver(source);
    this.findSteps(source);
    const candidate = this.nearestStep(action, model);
    const kind = candidate === undefined ? "model-only" : "other-state";
    return this.stop(kind, action, this.behavior(this.source), model, candidate);
  }

  /**
   * Of the implementation's steps of this name, the one that lands nearest to the model's state.
   */
  private nearestStep(action: string, model: StateText): StateText | undefined {
    let nearest: StateText | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.steps.count; i++) {
      if (this.steps.labels[i] !== action || this.states.isMatched(this.source, i)) continue;
      const text = this.textOf(this.steps.successor(i));
      const differing = [...model].filter(([variable, value]) => text.get(variable) !== value);
      if (differing.length < fewest) [nearest, fewest] = [text, differing.length];
    }
    return nearest;
  }

  private behavior(index: number): readonly BehaviorStep[] {
    return behaviorTo(this.stepper, this.states, index);
  }

  private textOf(words: Int32Array): StateText {
    return stateTextOf(this.stepper, words);
  }

  private stop(
    kind: DifferenceKind,
    action: string,
    behavior: readonly BehaviorStep[],
    model: StateText | undefined,
    implementation: StateText | undefined,
    actor?: number,
  ): never {
    const parameters = AT_AN_EDGE.has(kind) ? this.parameters : undefined;
    this.difference = { kind, action, parameters, actor, behavior, model, implementation };
    throw new FirstDifference();
  }
}

const sameId = (a: Fingerprint | undefined, b: Fingerprint): boolean =>
  a?.head === b.head && a.tail === b.tail;

function unexpectedState(line: number): VerifyError {
  return new VerifyError({
    code: "DUMP_MALFORMED",
    what: "the state graph is not in the order in which TLC writes one",
    ...(line > 0 ? { where: `line ${line}` } : {}),
    hint: "let TLC write it with one worker: ffa-verify conform MODEL",
  });
}

/** Fingerprints that are equal for equal states give each state one name. */
function twoNames(line: number): VerifyError {
  return new VerifyError({
    code: "DUMP_MALFORMED",
    what: "the state graph has one state under two names",
    where: `line ${line}`,
    hint: "let TLC write it again: ffa-verify conform MODEL",
  });
}

function emptyGraph(): VerifyError {
  return new VerifyError({
    code: "DUMP_TRUNCATED",
    what: "the state graph has no state",
    hint: "check the model's Init; let TLC write the graph again",
  });
}
