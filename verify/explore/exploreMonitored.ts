/**
 * Exploration of the implementation and a monitor together, by the plain stepper and one worker.
 */
import type { State, Value } from "tla2tools-runner";
import { auditAutomaton } from "../engine/auditAutomaton.js";
import type { BehaviorStep } from "../engine/behavior.js";
import type { Exploration, Violation } from "../engine/exploration.js";
import { StateTable } from "../engine/stateTable.js";
import { Stepper } from "../engine/stepper.js";
import type { Model } from "../mediator/model.js";
import { StateValues } from "../mediator/stateValues.js";
import type { System } from "../mediator/system.js";
import { type Monitor, monitorOf } from "../spec/monitor.js";
import { theoryOf } from "../spec/specData.js";

/** A system with the monitor that its specification puts beside it. */
export interface WatchedSystem {
  readonly system: System;
  readonly monitor: Monitor;
  readonly values: StateValues;
}

/** Undefined when the model's specification has no variables but the core's. */
export function watchedSystem(model: Model, system: System): WatchedSystem | undefined {
  if (model.specification === undefined) return undefined;
  const values = new StateValues(system, theoryOf(model.spec));
  const monitor = monitorOf(model.spec, model.specification, (name) => values.has(name));
  return monitor && { system, monitor, values };
}

/** Where a state was found: from which one, and by which step. */
interface Found {
  readonly from: number;
  readonly actor: number;
  readonly action: string;
  readonly branch: number;
}

/** The values of a monitor's variables, numbered in the order in which they are met. */
class Numbered {
  private readonly numbers = new Map<string, number>();
  readonly values: (readonly Value[])[] = [];

  numberOf(values: readonly Value[]): number {
    const key = values.map((value) => (typeof value === "object" ? `#${value.id}` : value)).join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.values.length);
    return this.values.push(values) - 1;
  }
}

/**
 * Explores all pairs of a state and a monitor's values, breadth first, up to the first in which one
 * of the invariants does not hold.
 */
export function exploreMonitored(
  { system, monitor, values }: WatchedSystem,
  invariants: readonly string[],
): Exploration {
  const start = performance.now();
  const stepper = new Stepper(system);
  const { words } = stepper.packing;
  const table = new StateTable(words + 1, 1 << 16);
  const found: Found[] = [{ from: -1, actor: 0, action: "", branch: 0 }];
  const byAction = new Map<string, number>();
  const watched = new Numbered();
  const pair = new Int32Array(words + 1);
  const coreState = (state: Int32Array, base: number): State =>
    values.stateOf(stepper.viewAt(state, base), monitor.positions);
  const withMonitor = (core: State, number: number): State => {
    const state = [...core];
    for (const [i, position] of monitor.positions.entries()) {
      state[position] = watched.values[number][i];
    }
    return state;
  };
  let broken: string | undefined;
  const check = (state: State): boolean => {
    broken = invariants.find((name) => !monitor.holds(name, state));
    return broken === undefined;
  };

  pair.set(stepper.initial);
  pair[words] = watched.numberOf(monitor.initial);
  table.add(pair);
  let bad = check(withMonitor(coreState(pair, 0), pair[words])) ? -1 : 0;
  let depth = 0;
  let generated = 1;
  for (let at = 0; at < table.size && bad < 0; ) {
    const end = table.size;
    depth++;
    for (; at < end && bad < 0; at++) {
      const base = at * (words + 1);
      const before = withMonitor(coreState(table.arena, base), table.arena[base + words]);
      stepper.forEachStep(table.arena, base, (actor, { label }, successor, branch) => {
        if (bad >= 0) return;
        generated++;
        byAction.set(label, (byAction.get(label) ?? 0) + 1);
        const core = coreState(successor, 0);
        pair.set(successor);
        pair[words] = watched.numberOf(monitor.next(before, core));
        const index = table.add(pair);
        if (!table.added) return;
        found.push({ from: at, actor, action: label, branch });
        if (!check(withMonitor(core, pair[words]))) bad = index;
      });
    }
  }
  for (const automaton of stepper.automata) auditAutomaton(automaton);
  // How each state was found is kept as well, in objects that are not counted here.
  const { bytes } = table;
  const violation = bad < 0 ? undefined : violationAt(broken ?? "", table, found, bad, words);
  return {
    outcome: violation ? { kind: "violation", violation } : { kind: "holds" },
    distinct: table.size,
    mappedDistinct: table.size,
    generated,
    depth: violation ? violation.length : depth,
    generatedByAction: byAction,
    seconds: (performance.now() - start) / 1000,
    workers: 1,
    memory: {
      packedBytes: 4 * (words + 1),
      bytesBeyond: bytes / table.size - 4 * (words + 1),
      bytes,
      peakProcessBytes: process.resourceUsage().maxRSS * 1024,
    },
    checked: invariants,
    stepper,
  };
}

function violationAt(
  name: string,
  table: StateTable,
  found: readonly Found[],
  bad: number,
  words: number,
): Violation {
  const behavior: BehaviorStep[] = [];
  for (let at = bad; found[at].from >= 0; at = found[at].from) {
    const { actor, action, branch } = found[at];
    const base = at * (words + 1);
    behavior.unshift({ actor, action, branch, state: table.arena.slice(base, base + words) });
  }
  return { kind: "invariant", name, behavior, length: behavior.length + 1 };
}
