/** The nodes of an actor, numbered by what tells them apart for a clause, or for several. */
import type { Automaton } from "./automaton.js";
import type { StateClause } from "./clause.js";
import { viewOfNode } from "./stateView.js";

export interface Partition {
  /** By node, from 0. */
  readonly classes: readonly number[];
  /** How many classes there are. */
  readonly count: number;
}

/** The partition that a clause makes; it grows with the automaton. */
export class NodePartition implements Partition {
  readonly classes: number[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly name: string,
    private readonly clause: StateClause,
    private readonly automaton: Automaton,
  ) {}

  get count(): number {
    return this.numbers.size;
  }

  /** Looks at the nodes that have been found since. */
  learn(): void {
    const { nodes, actor } = this.automaton;
    const { classOf } = this.clause;
    for (let node = this.classes.length; node < nodes.length; node++) {
      const view = viewOfNode(this.name, actor.number, nodes[node]);
      this.classes.push(numberOf(this.numbers, classOf?.(actor.number, view) ?? `node ${node}`));
    }
  }
}

/** What is apart in one of two partitions of the same nodes is apart. */
export function product(one: Partition, other: Partition): Partition {
  if (one.count === 1 || other.count === 1) return one.count === 1 ? other : one;
  const numbers = new Map<number, number>();
  const classes = one.classes.map((number, node) =>
    numberOf(numbers, number * other.count + other.classes[node]),
  );
  return { classes, count: numbers.size };
}

function numberOf<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}
