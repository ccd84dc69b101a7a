/** Checks that runs which share a node of an automaton are one behavior, not two. */
import { type Automaton, localsIncomplete } from "./automaton.js";

/**
 * How many paths to one node are walked, the shortest ones, and how often a path comes back to one.
 * A task that asks again until it is told otherwise has paths without end, and so there are some
 * that are not walked: a profile that forgets what only those tell apart is not found.
 */
const MOST_PATHS_TO_A_NODE = 100;
const MOST_ROUNDS = 4;

interface Path {
  readonly program: number;
  readonly results: readonly number[];
  /** The nodes that it comes to. */
  readonly nodes: readonly number[];
}

/**
 * Walks the paths of the automaton from each program's start, the shortest first, runs the
 * generator along each, and compares the node that the run comes to with the one that the automaton
 * says.
 *
 * @returns how many runs were compared.
 * @throws VerifyError LOCALS_INCOMPLETE when they differ.
 */
export function auditAutomaton(automaton: Automaton, most = MOST_PATHS_TO_A_NODE): number {
  let paths = 0;
  const walked = new Map<number, number>();
  const queue: Path[] = [...automaton.firsts.keys()].flatMap((program) =>
    [...automaton.knownStarts(program)].map(([result, node]) => {
      return { program, results: [result], nodes: [node] };
    }),
  );
  for (const { program, results, nodes } of queue) {
    const node = nodes[nodes.length - 1];
    const before = walked.get(node) ?? 0;
    if (before === most) continue;
    walked.set(node, before + 1);
    paths++;
    const actual = automaton.nodeAfter(automaton.actor.programs[program], results);
    if (actual !== node) {
      const found = { ...automaton.nodes[actual], history: results };
      throw localsIncomplete(automaton.actor, automaton.nodes[node], found);
    }
    if (nodes.filter((each) => each === node).length > MOST_ROUNDS) continue;
    for (const [result, to] of automaton.known(node)) {
      if (walked.get(to) === most) continue;
      queue.push({ program, results: [...results, result], nodes: [...nodes, to] });
    }
  }
  return paths;
}
