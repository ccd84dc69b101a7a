/**
 * Exploration of the implementation and a monitor together, by the plain stepper and one worker.
 */

import { auditAutomaton } from "../engine/auditAutomaton.js";
import type { BehaviorStep } from "../engine/behavior.js";
import type { Exploration, Violation } from "../engine/exploration.js";
import { StateTable } from "../engine/stateTable.js";
import { Stepper } from "../engine/stepper.js";
import type { Monitor } from "../mediator/checks/monitor.js";
import { stateTextOf } from "../mediator/refinement.js";
import type { System } from "../mediator/system.js";

/** Where a state was found: from which one, and by which step. */
interface Found {
  readonly from: number;
  readonly actor: number;
  readonly action: string;
  readonly program: number;
}

/** Explores all pairs of a state and a monitor's state, breadth first, up to the first bad one. */
export function exploreMonitored(system: System, monitor: Monitor): Exploration {
  const start = performance.now();
  const stepper = new Stepper(system);
  const { words } = stepper.packing;
  const table = new StateTable(words + 1, 1 << 16);
  const found: Found[] = [{ from: -1, actor: 0, action: "", program: 0 }];
  const byAction = new Map<string, number>();
  const pair = new Int32Array(words + 1);
  pair.set(stepper.initial);
  table.add(pair);
  let bad = -1;
  let depth = 0;
  let generated = 1;
  for (let at = 0; at < table.size && bad < 0; ) {
    const end = table.size;
    depth++;
    for (; at < end && bad < 0; at++) {
      const base = at * (words + 1);
      const state = table.arena[base + words];
      const before = () => stateTextOf(stepper, table.arena, base);
      stepper.forEachStep(table.arena, base, (actor, { label }, successor, program) => {
        if (bad >= 0) return;
        generated++;
        byAction.set(label, (byAction.get(label) ?? 0) + 1);
        const after = () => stateTextOf(stepper, successor);
        pair.set(successor);
        pair[words] = monitor.next(state, { actor, label, before, after });
        const index = table.add(pair);
        if (!table.added) return;
        found.push({ from: at, actor, action: label, program });
        if (monitor.isBad(pair[words])) bad = index;
      });
    }
  }
  for (const automaton of stepper.automata) auditAutomaton(automaton);
  // How each state was found is kept as well, in objects that are not counted here.
  const { bytes } = table;
  const violation = bad < 0 ? undefined : violationAt(monitor, table, found, bad, words);
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
    checked: [monitor.invariant],
    stepper,
  };
}

function violationAt(
  monitor: Monitor,
  table: StateTable,
  found: readonly Found[],
  bad: number,
  words: number,
): Violation {
  const behavior: BehaviorStep[] = [];
  for (let at = bad; found[at].from >= 0; at = found[at].from) {
    const { actor, action, program } = found[at];
    const base = at * (words + 1);
    behavior.unshift({ actor, action, program, state: table.arena.slice(base, base + words) });
  }
  return { kind: "invariant", name: monitor.invariant, behavior, length: behavior.length + 1 };
}
