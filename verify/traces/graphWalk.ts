/**
 * The implementation, walked along the edges of a model's graph. In each state the steps that are
 * enabled are compared, by actor and action, each as often as it is there; and the state that a
 * step leads to is compared with what the model's texts say of it.
 *
 * Steps that look alike to the model are told apart by their place among those alike: the second of
 * two is matched by a second one. So where every edge is taken, the two graphs are equal.
 */
import { SyncFault } from "../../src/sync/index.js";
import type { Stepper } from "../engine/stepper.js";
import type { KnownStep } from "../engine/stepTable.js";
import type { System } from "../mediator/system.js";
import { MappedStates } from "./mappedStates.js";
import { kindOf, type ModelGraph } from "./modelGraph.js";
import { OtherGraph } from "./otherGraph.js";

export type MismatchKind = "initial-state" | "enabled" | "state" | "hidden-state" | "fault";

/** More steps than a graph has edges in any state. */
const MOST_STEPS = 1024;
/** Of a step whose action the model does not have. */
const NO_KIND = -1;

export class GraphWalk {
  /** The state that was come to last. */
  state = 0;
  /** Why the walk came to an end before an edge. */
  stopped: MismatchKind | undefined;
  /** The step that misuses shared memory, where one was met. */
  fault: SyncFault | undefined;
  /** The number of the implementation's step that was taken last. */
  last = 0;
  /** The numbers of the steps that are enabled in `state`, and their kinds, as compared last. */
  readonly enabled = new Int32Array(MOST_STEPS);
  readonly kinds = new Int32Array(MOST_STEPS);
  count = 0;
  private readonly mapped: MappedStates;
  private readonly words: number;
  /** The implementation's states, by the numbers of the model's, where they were come to. */
  private readonly arena: Int32Array;
  private readonly isKnown: Uint8Array;
  private readonly isTaken: Uint8Array;
  /** Of each step of the table: its kind; as many as were classified. */
  private kindOfStep = new Int32Array(1024);
  private classified = 0;
  private readonly successor: Int32Array;

  /** @throws OtherGraph where the graph is none of this configuration of the implementation */
  constructor(
    private readonly stepper: Stepper<System>,
    private readonly graph: ModelGraph,
  ) {
    this.words = stepper.packing.words;
    this.arena = new Int32Array(graph.states * this.words);
    this.isKnown = new Uint8Array(graph.states);
    this.isTaken = new Uint8Array(graph.targets.length);
    this.successor = new Int32Array(this.words);
    this.mapped = new MappedStates(stepper, graph);
  }

  /** Goes to the initial state. @returns False where the two have different ones. */
  begin(): boolean {
    this.state = 0;
    this.stopped = undefined;
    this.successor.set(this.stepper.initial);
    if (this.isKnown[0] === 0 && !(this.mapped.map(0) && this.isSeenAs(this.mapped.bits, 0))) {
      return this.stop("initial-state");
    }
    this.arrive(0);
    return true;
  }

  /**
   * Compares what is enabled, and takes one edge of the state.
   *
   * @param choice Which of its edges, from 0.
   * @returns False where the two differ; `stopped` says in what.
   */
  take(choice: number): boolean {
    if (!this.isEnabledSame()) return false;
    const { graph, state, stepper, successor, arena, enabled } = this;
    const { firstEdge, targets, kinds } = graph;
    const edge = firstEdge[state] + choice;
    if (edge >= firstEdge[state + 1]) throw new OtherGraph(`state ${state} has no edge ${choice}`);
    const [kind, target] = [kinds[edge], targets[edge]];
    let alike = 0;
    for (let e = edge - 1; e >= firstEdge[state]; e--, alike++) {
      if (kinds[e] !== kind || targets[e] !== target) break;
    }
    const isNew = this.isKnown[target] === 0;
    if (isNew && !this.mapped.map(target)) return this.stop("state");
    let isReached = false;
    for (let i = 0; i < this.count; i++) {
      const step = enabled[i];
      if (this.kindOfStep[step] !== kind) continue;
      stepper.take(step, arena, state * this.words, successor);
      const isThere = isNew ? this.isSeenAs(this.mapped.bits, 0) : this.isAt(target);
      if (isThere) isReached = true;
      if (!isThere || alike-- > 0) continue;
      this.last = step;
      this.isTaken[edge] = 1;
      this.arrive(target);
      return true;
    }
    const isHidden = !isNew && !isReached && this.isSeenAt(kind, target);
    return this.stop(isHidden ? "hidden-state" : "state");
  }

  /** Compares what is enabled in the state. */
  isEnabledSame(): boolean {
    const { graph, state, enabled, kinds } = this;
    try {
      this.count = this.stepper.enabledSteps(this.arena, state * this.words, enabled);
    } catch (fault) {
      if (!(fault instanceof SyncFault)) throw fault;
      this.fault = fault;
      return this.stop("fault");
    }
    if (this.classified < this.stepper.table.steps.length) this.classify();
    const first = graph.firstEdge[state];
    const { count } = this;
    for (let i = 0; i < count; i++) {
      const kind = this.kindOfStep[enabled[i]];
      let at = i;
      // The steps come by actor, as the kinds do; so hardly ever has one to be moved.
      for (; at > 0 && kinds[at - 1] > kind; at--) kinds[at] = kinds[at - 1];
      kinds[at] = kind;
    }
    if (count !== graph.firstEdge[state + 1] - first) return this.stop("enabled");
    for (let i = 0; i < count; i++) {
      if (kinds[i] !== graph.kinds[first + i]) return this.stop("enabled");
    }
    return true;
  }

  /** How many states were come to and edges taken, each counted once. */
  covered(): { readonly states: number; readonly edges: number } {
    const count = (marks: Uint8Array) => marks.reduce((sum, mark) => sum + mark, 0);
    return { states: count(this.isKnown), edges: count(this.isTaken) };
  }

  /** The state behind an enabled step, which is not taken. */
  peek(step: number, into: Int32Array): void {
    this.stepper.take(step, this.arena, this.state * this.words, into);
  }

  /** The step of the implementation that was taken last. */
  get lastStep(): KnownStep {
    return this.stepper.table.steps[this.last]!;
  }

  private stop(kind: MismatchKind): false {
    this.stopped = kind;
    return false;
  }

  private arrive(target: number): void {
    this.state = target;
    if (this.isKnown[target] === 1) return;
    this.isKnown[target] = 1;
    this.arena.set(this.successor, target * this.words);
  }

  private isAt(target: number): boolean {
    const base = target * this.words;
    for (let w = 0; w < this.words; w++) {
      if (this.successor[w] !== this.arena[base + w]) return false;
    }
    return true;
  }

  /** Whether the model sees the successor as the state at `words[base..]`. */
  private isSeenAs(words: Int32Array, base: number): boolean {
    const { visible } = this.mapped;
    for (let w = 0; w < this.words; w++) {
      if (((this.successor[w] ^ words[base + w]) & visible[w]) !== 0) return false;
    }
    return true;
  }

  /** Whether a step of this kind leads to what the model sees as the state. */
  private isSeenAt(kind: number, target: number): boolean {
    const steps = [...this.enabled.subarray(0, this.count)];
    return steps.some((step) => {
      if (this.kindOfStep[step] !== kind) return false;
      this.stepper.take(step, this.arena, this.state * this.words, this.successor);
      return this.isSeenAs(this.arena, target * this.words);
    });
  }

  private classify(): void {
    const { steps } = this.stepper.table;
    while (steps.length > this.kindOfStep.length) {
      const larger = new Int32Array(2 * this.kindOfStep.length);
      larger.set(this.kindOfStep);
      this.kindOfStep = larger;
    }
    for (; this.classified < steps.length; this.classified++) {
      const step = steps[this.classified];
      const action = step ? this.graph.actions.indexOf(step.operation.label) : -1;
      const kind = step && action >= 0 ? kindOf(this.graph, step.actor, action) : NO_KIND;
      this.kindOfStep[this.classified] = kind;
    }
  }
}
