/**
 * The local behavior of one actor, as an automaton: (node, result) -> next node.
 *
 * Protocol code is deterministic between two operations, so what a task does next follows from the
 * results that it has been given. Each new (node, result) runs the real generator once; after that
 * a step is a table look-up. Results that the environment chooses are results like all others.
 *
 * A node is what profiles can tell apart: two runs with the same one share a node. That is sound
 * only if such runs also go on in the same way, which is checked: at once for the next operation,
 * and by {@link auditAutomaton} for all that follows.
 */
import { choicesOf, type Layout, type Operation, type Protocol } from "../../src/sync/index.js";
import { VerifyError } from "../support/verifyError.js";
import type { Actor, Explorable, Program, TakenStep } from "./explorable.js";
import type { LocalProfile } from "./localProfile.js";

/** The node of an actor that runs no task. */
export const IDLE = 0;

export interface AutomatonNode {
  readonly index: number;
  readonly profile: LocalProfile;
  /** Null when idle. */
  readonly operation: Operation | null;
  readonly program: Program | null;
  /** The results that the run which made this node had been given. */
  readonly history: readonly number[];
}

/** Where a run of a program stands after some results. */
interface Run {
  readonly steps: readonly TakenStep[];
  /** Null when the program has ended. */
  readonly next: Operation | null;
  /** What the program has returned; undefined while it runs. */
  readonly answer: unknown;
}

export class Automaton {
  readonly nodes: AutomatonNode[];
  /** How often a generator was run: once for each pair of a node and a result. */
  runs = 0;
  /** The operation that starts each program. */
  readonly firsts: readonly Operation[];
  private readonly byKey = new Map<string, AutomatonNode>();
  /** next[node] maps a result to the next node's index. */
  private readonly nexts: Map<number, number>[] = [new Map()];
  private readonly starts: Map<number, number>[];

  constructor(
    { idle, layout }: Explorable,
    readonly actor: Actor,
  ) {
    this.nodes = [{ index: IDLE, profile: idle, operation: null, program: null, history: [] }];
    this.byKey.set(idle.key, this.nodes[IDLE]);
    this.firsts = actor.programs.map((program) => firstOperation(program, layout));
    this.starts = actor.programs.map(() => new Map());
  }

  /** The node after program `p` has taken its first operation with `result`. */
  start(p: number, result: number): number {
    const known = this.starts[p].get(result);
    if (known !== undefined) return known;
    const to = this.nodeAfter(this.actor.programs[p], [result]);
    this.starts[p].set(result, to);
    return to;
  }

  /** The node after `node` has taken its operation with `result`. */
  next(node: number, result: number): number {
    const known = this.nexts[node].get(result);
    if (known !== undefined) return known;
    const { program, history } = this.nodes[node];
    if (program === null) throw new Error("an idle actor starts a program first");
    const to = this.nodeAfter(program, [...history, result]);
    this.nexts[node].set(result, to);
    return to;
  }

  /** The results that a node has been seen to get, and where each leads. */
  known(node: number): ReadonlyMap<number, number> {
    return this.nexts[node];
  }

  knownStarts(p: number): ReadonlyMap<number, number> {
    return this.starts[p];
  }

  /** The index of the node with this key; undefined when no run has come there. */
  find(key: string): number | undefined {
    return this.byKey.get(key)?.index;
  }

  /** The node of a run, without making one. @throws VerifyError LOCALS_INCOMPLETE */
  nodeAfter(program: Program, results: readonly number[]): number {
    const { steps, next } = this.run(program, results);
    if (next === null) return IDLE;
    const resume = (result: number) => this.run(program, [...results, result]).answer;
    const profile = program.profile({ steps, next, resume });
    const known = this.byKey.get(profile.key);
    if (known === undefined) return this.add(profile, next, program, results);
    if (!sameOperation(known.operation, next)) {
      const found = { profile, operation: next, history: results };
      throw localsIncomplete(this.actor, known, found);
    }
    return known.index;
  }

  private add(
    profile: LocalProfile,
    operation: Operation,
    program: Program,
    history: readonly number[],
  ): number {
    const node = { index: this.nodes.length, profile, operation, program, history };
    this.nodes.push(node);
    this.nexts.push(new Map());
    this.byKey.set(profile.key, node);
    return node.index;
  }

  private run(program: Program, results: readonly number[]): Run {
    this.runs++;
    return runProgram(program.start(), results);
  }
}

function runProgram(code: Protocol<unknown>, results: readonly number[]): Run {
  const steps: TakenStep[] = [];
  let at = code.next();
  for (const result of results) {
    if (at.done) throw new Error("the program ended before its results were used up");
    steps.push({ operation: at.value, result });
    at = code.next(result);
  }
  return at.done
    ? { steps, next: null, answer: at.value }
    : { steps, next: at.value, answer: undefined };
}

/**
 * @throws Error for a program without a step, or one that begins with a result of the
 *   environment's choice: a branch would have to name both.
 */
export function firstOperation(program: Pick<Program, "start">, layout: Layout): Operation {
  const at = program.start().next();
  if (at.done) throw new Error("a program takes at least one step");
  if (choicesOf(layout, at.value) === 1) return at.value;
  throw new Error(`a program begins with a step of its own, not with ${at.value.label}`);
}

export function sameOperation(a: Operation | null, b: Operation | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A run, as far as it matters to whom it is confused with. */
export type Confused = Pick<AutomatonNode, "profile" | "operation" | "history">;

/** Two runs whose profiles take them for one, and that are not. */
export function localsIncomplete(actor: Actor, one: Confused, other: Confused): VerifyError {
  const text = ({ profile, operation, history }: Confused): string =>
    `${profile.key} after the results ${history.join(", ")}: ${JSON.stringify(operation)}`;
  return new VerifyError({
    code: "LOCALS_INCOMPLETE",
    what: `two runs of ${actor.name} look alike to the model and go on differently`,
    where: `${actor.name}, ${one.operation?.label ?? "idle"}`,
    expected: text(one),
    found: text(other),
    hint:
      "one of the two is a defect of the code, or the program's profile is to tell the result " +
      "that makes the difference",
  });
}
