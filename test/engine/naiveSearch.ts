/** A breadth-first search without any shortcut: plain objects, generators run from the start. */
import { BLOCKED, choicesOf, execute, type Operation, SyncFault } from "../../src/sync/index.js";
import type { Explorable, Program } from "../../verify/engine/explorable.js";

interface Task {
  readonly program: number;
  readonly results: readonly number[];
}

interface PlainState {
  readonly slots: readonly number[];
  readonly tasks: readonly (Task | null)[];
}

export interface Problem {
  readonly kind: "fault" | "deadlock" | "invariant";
  readonly name: string;
  /** States of the behavior that shows it. */
  readonly length: number;
}

export interface NaiveResult {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly byLabel: ReadonlyMap<string, number>;
  /** Everything that is wrong at the first level at which anything is. */
  readonly problems: readonly Problem[];
}

/** @param never A code that a slot must not have. */
export function naiveSearch(
  system: Explorable,
  deadlock: boolean,
  never?: { readonly name: string; readonly slot: number; readonly code: number },
): NaiveResult {
  const initial: PlainState = {
    slots: system.layout.initialSlots,
    tasks: system.actors.map(() => null),
  };
  const isBad = (state: PlainState) =>
    never !== undefined && state.slots[never.slot] === never.code;
  const seen = new Set([JSON.stringify(initial)]);
  const byLabel = new Map<string, number>();
  const problems: Problem[] = [];
  if (isBad(initial)) problems.push({ kind: "invariant", name: never!.name, length: 1 });
  let level = [initial];
  let generated = 1;
  let depth = 0;
  while (level.length > 0 && problems.length === 0) {
    depth++;
    const found: PlainState[] = [];
    for (const state of level) {
      let enabled = 0;
      for (const { label, next } of stepsOf(system, state)) {
        enabled++;
        if (next instanceof SyncFault) {
          problems.push({ kind: "fault", name: next.code, length: depth });
          continue;
        }
        generated++;
        byLabel.set(label, (byLabel.get(label) ?? 0) + 1);
        if (seen.has(JSON.stringify(next))) continue;
        seen.add(JSON.stringify(next));
        found.push(next);
        if (isBad(next)) problems.push({ kind: "invariant", name: never!.name, length: depth + 1 });
      }
      if (enabled === 0 && deadlock)
        problems.push({ kind: "deadlock", name: "Deadlock", length: depth });
    }
    level = found;
  }
  return { distinct: seen.size, generated, depth, byLabel, problems };
}

function* stepsOf(system: Explorable, state: PlainState) {
  for (const [a, { programs }] of system.actors.entries()) {
    const task = state.tasks[a];
    const candidates = task ? [task] : programs.map((_, program) => ({ program, results: [] }));
    for (const { program, results } of candidates) {
      const operation = operationAfter(programs[program], results);
      if (operation === null) throw new Error("a task that has ended is idle");
      for (let choice = 0; choice < choicesOf(system.layout, operation); choice++) {
        const slots = Int32Array.from(state.slots);
        const next = take(system, slots, operation, a + 1, choice);
        if (next === BLOCKED) continue;
        const label = operation.label;
        if (next instanceof SyncFault) {
          yield { label, next };
          continue;
        }
        const after = { program, results: [...results, next] };
        const ended = operationAfter(programs[program], after.results) === null;
        const tasks = state.tasks.map((old, i) => (i === a ? (ended ? null : after) : old));
        yield { label, next: { slots: [...slots], tasks } };
      }
    }
  }
}

function take(
  { layout }: Explorable,
  slots: Int32Array,
  op: Operation,
  actor: number,
  choice: number,
) {
  try {
    const result = execute(layout, slots, op, actor, choice);
    const bad = slots.some((code, i) => code < 0 || code >= layout.slotLimits[i]);
    return bad ? new SyncFault("VALUE_OUT_OF_RANGE", "", "") : result;
  } catch (fault) {
    if (fault instanceof SyncFault) return fault;
    throw fault;
  }
}

function operationAfter(program: Program, results: readonly number[]): Operation | null {
  const code = program.start();
  let at = code.next();
  for (const result of results) at = code.next(result);
  return at.done ? null : at.value;
}
