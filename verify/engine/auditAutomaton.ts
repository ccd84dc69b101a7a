/** Checks that runs which share a node of an automaton are one behavior, not two. */
import { VerifyError } from "../support/verifyError.js";
import { type Automaton, localsIncomplete } from "./automaton.js";

/** More paths than any protocol here has; a loop in one would have no end of them. */
const MOST_PATHS = 500_000;

/**
 * Walks every path of the automaton from each program's start, runs the generator along it, and
 * compares the node that the run comes to with the one that the automaton says.
 *
 * @returns how many runs were compared.
 * @throws VerifyError LOCALS_INCOMPLETE when they differ, AUDIT_INCOMPLETE when there is no end.
 */
export function auditAutomaton(automaton: Automaton, limit = MOST_PATHS): number {
  let paths = 0;
  const visit = (p: number, results: readonly number[], node: number): void => {
    if (++paths > limit) throw auditIncomplete(automaton, limit);
    const actual = automaton.nodeAfter(automaton.actor.programs[p], results);
    if (actual !== node) {
      const found = { ...automaton.nodes[actual], history: results };
      throw localsIncomplete(automaton.actor, automaton.nodes[node], found);
    }
    for (const [result, to] of automaton.known(node)) visit(p, [...results, result], to);
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
    hint: "a loop of the protocol must come to a state that it was in, or its bound be smaller",
  });
}
