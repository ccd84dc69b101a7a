import type { Edges } from "./shortestCover.js";

/** The choices that lead from state 0 to a state in the fewest steps. */
export function shortestWay(
  { states, firstEdge, targets }: Edges,
  state: number,
): readonly number[] {
  const from = new Int32Array(states).fill(-1);
  const choice = new Int32Array(states);
  const queue = [0];
  for (let head = 0; head < queue.length && from[state] < 0; head++) {
    const at = queue[head];
    for (let e = firstEdge[at]; e < firstEdge[at + 1]; e++) {
      const to = targets[e];
      if (to === 0 || from[to] >= 0) continue;
      from[to] = at;
      choice[to] = e - firstEdge[at];
      queue.push(to);
    }
  }
  const way: number[] = [];
  for (let at = state; at !== 0; at = from[at]) way.push(choice[at]);
  return way.reverse();
}
