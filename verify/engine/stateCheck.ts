/**
 * Checks the invariants of many states, with code made for one packing.
 *
 * Clauses that read little are put together, and each such group is one look-up by the bits that
 * it reads. What a look-up does not know yet is evaluated on the state, and kept.
 */
import type { Checkable, StateClause } from "./clause.js";
import { type ClauseKey, keyCode, keyOf, MOST_KEY_BITS, readKey } from "./clauseKey.js";
import { words } from "./stateCode.js";
import { viewOf } from "./stateView.js";
import type { StepTable } from "./stepTable.js";

/** Groups are formed up to this many bits; a clause that reads more is a group of its own. */
const GROUP_BITS = 16;
/** Beyond this, what is known is kept in a map. */
const MOST_TABLE_BITS = 22;

/** In a table: known to hold. */
const HOLDS = 1;

interface Named {
  readonly name: string;
  readonly clause: StateClause;
}

interface Group {
  readonly clauses: readonly Named[];
  readonly key: ClauseKey;
  /** By key; null when there are too many. */
  readonly table: Uint8Array | null;
  readonly map: Map<number, boolean>;
}

/** The first state of `first..end-1` in a chunk that breaks an invariant, or -1. */
type FindBroken = (chunk: Int32Array, first: number, end: number) => number;

export class StateCheck {
  readonly findBroken: FindBroken;
  /** In the order in which the invariants were given. */
  private readonly clauses: readonly Named[];
  private readonly groups: readonly Group[];

  constructor(
    private readonly table: StepTable,
    checkables: readonly Checkable[],
  ) {
    this.clauses = checkables.flatMap(({ name, states }) => {
      return states.map((clause) => ({ name, clause }));
    });
    this.groups = groupsOf(table, this.clauses);
    this.findBroken = this.compile();
  }

  /** The first invariant that does not hold in a state; undefined when all do. */
  brokenIn(state: Int32Array, base = 0): string | undefined {
    return this.clauses.find((named) => !this.holds(named, state, base))?.name;
  }

  private holds({ name, clause }: Named, state: Int32Array, base: number): boolean {
    const { automata, packing } = this.table;
    const nodeOf = (actor: number, node: number) => automata[actor - 1].nodes[node];
    return clause.holds(viewOf(name, clause, packing, nodeOf, state, base));
  }

  /** Whether a group holds, when the code does not know. */
  private readonly look = (g: number, chunk: Int32Array, base: number): boolean => {
    const { key, map, table, clauses } = this.groups[g];
    const isKept = table === null && key.bits <= MOST_KEY_BITS;
    const number = isKept ? readKey(key, chunk, base) : -1;
    const known = isKept ? map.get(number) : undefined;
    if (known !== undefined) return known;
    // A state may come from another worker, which has found a node that is new here.
    this.table.learn();
    const holds = clauses.every((named) => this.holds(named, chunk, base));
    if (isKept) map.set(number, holds);
    return holds;
  };

  private compile(): FindBroken {
    const n = this.table.packing.words;
    const tests = this.groups.map((group, g) => {
      if (group.table === null) return `if (!look(${g}, chunk, o)) return i;`;
      return `
        key = ${keyCode(group.key, "s")};
        if (table${g}[key] !== ${HOLDS}) {
          if (!look(${g}, chunk, o)) return i;
          table${g}[key] = ${HOLDS};
        }`;
    });
    const body = `
      ${this.groups.map((_, g) => `const table${g} = groups[${g}].table;`).join("\n      ")}
      return (chunk, first, end) => {
        let key = 0;
        for (let i = first; i < end; i++) {
          const o = i * ${n};
          ${words("chunk", "o", n, "s")}
          ${tests.join("\n          ")}
        }
        return -1;
      };`;
    return new Function("groups", "look", body)(this.groups, this.look) as FindBroken;
  }
}

/** Puts clauses together while what they read fits into a small table. */
function groupsOf({ packing }: StepTable, clauses: readonly Named[]): readonly Group[] {
  const groups: Named[][] = [];
  const bitsOf = (group: readonly Named[]) =>
    keyOf(
      packing,
      group.map((n) => n.clause),
    ).bits;
  // Those that read most come first, so that the others find a group which reads that anyway.
  const sorted = clauses.toSorted((a, b) => bitsOf([b]) - bitsOf([a]));
  for (const named of sorted) {
    const alone = bitsOf([named]);
    const fitting = groups
      .map((group) => ({ group, bits: bitsOf([...group, named]), before: bitsOf(group) }))
      .filter(({ bits, before }) => bits <= Math.max(GROUP_BITS, before) && bits < before + alone)
      .toSorted((a, b) => a.bits - a.before - (b.bits - b.before));
    if (fitting.length > 0) fitting[0].group.push(named);
    else groups.push([named]);
  }
  return groups.map((group) => {
    const key = keyOf(
      packing,
      group.map((n) => n.clause),
    );
    const table = key.bits <= MOST_TABLE_BITS ? new Uint8Array(2 ** key.bits) : null;
    return { clauses: group, key, table, map: new Map() };
  });
}
