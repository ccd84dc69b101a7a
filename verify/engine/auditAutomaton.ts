/** Checks that runs which share a node of an automaton are one behavior, not two. */
import { VerifyError } from "../support/verifyError.js";
import { type Automaton, localsIncomplete } from "./automaton.js";

/** More paths than any protocol here has. */
const MOST_PATHS = 500_000;

/**
 * How often a path goes on from one node. A task that asks again until it is told otherwise has
 * paths without end. That it gives up after so many rounds is seen here when its profile forgets to
 * count them; that it gives up later is not.
 */
const MOST_ROUNDS = 4;

/**
 * Walks every path of the automaton from each program's start, runs the generator along it, and
 * compares the node that the run comes to with the one that the automaton says.
 *
 * @returns how many runs were compared.
 * @throws VerifyError LOCALS_INCOMPLETE when they differ, AUDIT_INCOMPLETE when there is no end.
 */
export function auditAutomaton(automaton: Automaton, limit = MOST_PATHS): number {
  let paths = 0;
  const onPath = new Map<number, number>();
  const visit = (p: number, results: readonly number[], node: number): void => {
    if (++paths > limit) throw auditIncomplete(automaton, limit);
    const actual = automaton.nodeAfter(automaton.actor.programs[p], results);
    if (actual !== node) {
      const found = { ...automaton.nodes[actual], history: results };
      throw localsIncomplete(automaton.actor, automaton.nodes[node], found);
    }
    const rounds = onPath.get(node) ?? 0;
    if (rounds === MOST_ROUNDS) return;
    onPath.set(node, rounds + 1);
    for (const [result, to] of automaton.known(node)) visit(p, [...results, result], to);
    onPath.set(node, rounds);
  };
  for (const p of automaton.firsts.keys()) {
    for (const [result, to] of automaton.knownStarts(p)) visit(p, [result], to);
  }
  return paths;
}

function auditIncomplete(automaton: Automaton, limit: number): VerifyError {
  return new VerifyError({
    code: "AUDIT_INCOMPLETE",
    what: `${automaton.actor.name} has more than ${limit} runs, so they cannot all be compared`,
    hint: "give the protocol fewer calls, or smaller bounds of its loops",
  });
}
