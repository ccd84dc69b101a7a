/**
 * The local behavior of one actor, as an automaton: (node, result) -> next node.
 *
 * Protocol code is deterministic between two operations, so what a task does next follows from the
 * results that it has been given. Each new (node, result) runs the real generator once; after that
 * a step is a table look-up.
 *
 * A node is what the model can tell apart: two runs with the same profile share one. That is sound
 * only if such runs also go on in the same way, which is checked: at once for the next operation,
 * and by {@link auditAutomaton} for all that follows.
 */
import type { Registers } from "../../src/abi.js";
import type { Operation, Protocol } from "../../src/sync/index.js";
import type { TakenStep } from "../correspondence/localVariables.js";
import { idleProfile, type Profile, profileKey } from "../correspondence/profile.js";
import { VerifyError } from "../report/verifyError.js";
import type { Actor, Explorable, Program } from "./programs.js";

/** The node of an actor that runs no task. */
export const IDLE = 0;

export interface AutomatonNode {
  readonly index: number;
  readonly profile: Profile;
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
  readonly answer: Registers | undefined;
}

export class Automaton {
  readonly nodes: AutomatonNode[] = [
    { index: IDLE, profile: idleProfile, operation: null, program: null, history: [] },
  ];
  /** How often a generator was run: once for each pair of a node and a result. */
  runs = 0;
  /** The operation that starts each program. */
  readonly firsts: readonly Operation[];
  private readonly byKey = new Map<string, AutomatonNode>();
  /** next[node] maps a result to the next node's index. */
  private readonly nexts: Map<number, number>[] = [new Map()];
  private readonly starts: Map<number, number>[];

  constructor(
    readonly system: Explorable,
    readonly actor: Actor,
  ) {
    this.byKey.set(profileKey(actor, idleProfile), this.nodes[IDLE]);
    this.firsts = actor.programs.map((program) => firstOperation(program));
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
    const run = this.run(program, results);
    if (run.next === null) return IDLE;
    const profile = this.system.profile(program, run.steps, run.next, (result) => {
      return this.run(program, [...results, result]).answer;
    });
    const key = profileKey(this.actor, profile);
    const known = this.byKey.get(key);
    if (known === undefined) return this.add(key, profile, run.next, program, results);
    if (!sameOperation(known.operation, run.next)) {
      const found = { key, operation: run.next, history: results };
      throw localsIncomplete(this.actor, { key, ...known }, found);
    }
    return known.index;
  }

  private add(
    key: string,
    profile: Profile,
    operation: Operation,
    program: Program,
    history: readonly number[],
  ): number {
    const node = { index: this.nodes.length, profile, operation, program, history };
    this.nodes.push(node);
    this.nexts.push(new Map());
    this.byKey.set(key, node);
    return node.index;
  }

  private run(program: Program, results: readonly number[]): Run {
    this.runs++;
    return runProgram(program.start(), results);
  }
}

function runProgram(code: Protocol<Registers | undefined>, results: readonly number[]): Run {
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

function firstOperation(program: Program): Operation {
  const at = program.start().next();
  if (at.done) throw new Error("a program takes at least one step");
  return at.value;
}

export function sameOperation(a: Operation | null, b: Operation | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A run, as far as it matters to whom it is confused with. */
export interface Confused {
  readonly key: string;
  readonly operation: Operation | null;
  readonly history: readonly number[];
}

/** Two runs that the correspondence takes for one, and that are not. */
export function localsIncomplete(actor: Actor, one: Confused, other: Confused): VerifyError {
  const text = ({ key, operation, history }: Confused): string =>
    `${key} after the results ${history.join(", ")}: ${JSON.stringify(operation)}`;
  return new VerifyError({
    code: "LOCALS_INCOMPLETE",
    what: `two runs of ${actor.name} look alike to the model and go on differently`,
    where: `${actor.name}, ${one.operation?.label ?? "idle"}`,
    expected: text(one),
    found: text(other),
    hint:
      "one of the two is a defect of the code, or the step whose result tells them apart is to " +
      "be named in verify/correspondence/localVariables.ts",
  });
}
