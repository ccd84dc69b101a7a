/**
 * Checks the invariants of many states, with code made for one packing.
 *
 * Each group of clauses is one look-up, by the bits of memory that it reads and by what it sees of
 * each actor. What a look-up does not know yet is evaluated on the state, and kept.
 */
import type { Checkable } from "./clause.js";
import { type ClauseGroup, groupsOf, type Named } from "./clauseGroups.js";
import { keyCode, MOST_KEY_BITS, readKey } from "./clauseKey.js";
import { NodePartition } from "./nodePartition.js";
import { readField } from "./packing.js";
import { words } from "./stateCode.js";
import { viewOf } from "./stateView.js";
import type { StepTable } from "./stepTable.js";

/** Beyond this, what is known is kept in a set. */
const MOST_TABLE_BITS = 20;

/** After so many looks at nodes without a class, the groups are formed anew with what is known. */
const PATIENCE = 4000;

/** In a table: known to hold. */
const HOLDS = 1;

interface Kept extends ClauseGroup {
  /** By key; null when there are too many. */
  readonly table: Uint8Array | null;
  readonly known: Set<number>;
}

/** The first state of `first..end-1` in a chunk that breaks an invariant, or -1. */
type FindBroken = (chunk: Int32Array, first: number, end: number) => number;

export class StateCheck {
  /** In the order in which the invariants were given. */
  private readonly clauses: readonly Named[];
  private groups: readonly Kept[] = [];
  private find: FindBroken;
  /** Looks at nodes without a class, since the groups were formed. */
  private strangers = 0;

  constructor(
    private readonly table: StepTable,
    checkables: readonly Checkable[],
  ) {
    this.clauses = checkables.flatMap(({ name, states }) =>
      states.map((clause): Named => {
        const partitions = clause.actors.map((actor) => {
          return [actor, new NodePartition(name, clause, table.automata[actor - 1])] as const;
        });
        return { name, clause, partitions: new Map(partitions) };
      }),
    );
    this.find = this.prepared();
  }

  /** The first state of `first..end-1` in a chunk that breaks an invariant, or -1. */
  findBroken(chunk: Int32Array, first: number, end: number): number {
    if (this.strangers > PATIENCE) this.find = this.prepared();
    return this.find(chunk, first, end);
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

  /** Forms the groups by the nodes that are known now, and makes the code for them. */
  private prepared(): FindBroken {
    for (const { partitions } of this.clauses) {
      for (const partition of partitions.values()) partition.learn();
    }
    this.strangers = 0;
    this.groups = groupsOf(this.table.packing, this.clauses).map((group) => {
      const table = group.bits <= MOST_TABLE_BITS ? new Uint8Array(2 ** group.bits) : null;
      return { ...group, table, known: new Set() };
    });
    return this.compile();
  }

  /** Whether a group holds, when the code does not know. */
  private readonly look = (g: number, chunk: Int32Array, base: number): boolean => {
    const group = this.groups[g];
    const key = this.keyIn(group, chunk, base);
    if (key !== undefined && group.known.has(key)) return true;
    // A state may come from another worker, which has found a node that is new here.
    this.table.learn();
    if (!group.clauses.every((named) => this.holds(named, chunk, base))) return false;
    if (key !== undefined && group.table === null) group.known.add(key);
    return true;
  };

  /** The key of a state, as a number; undefined for a node without a class, and for long keys. */
  private keyIn(
    { slots, actors, bits }: Kept,
    chunk: Int32Array,
    base: number,
  ): number | undefined {
    let key = readKey(slots, chunk, base);
    for (const { actor, classes, bits } of actors) {
      const number = classes[readField(chunk, base, this.table.packing.nodes[actor - 1])];
      if (number === 0) {
        this.strangers++;
        return undefined;
      }
      key = key * 2 ** bits + number;
    }
    return bits <= MOST_KEY_BITS ? key : undefined;
  }

  private compile(): FindBroken {
    const n = this.table.packing.words;
    const tests = this.groups.map((group, g) => {
      if (group.table === null) return `if (!look(${g}, chunk, o)) return i;`;
      const { code, isKnown } = this.keyCodeOf(group, g);
      return `
        key = ${code};
        if (table${g}[key] !== ${HOLDS}) {
          if (!look(${g}, chunk, o)) return i;
          ${isKnown} table${g}[key] = ${HOLDS};
        }`;
    });
    const tables = this.groups.flatMap(({ actors }, g) => [
      `const table${g} = groups[${g}].table;`,
      ...actors.map((_, k) => `const class${g}_${k} = groups[${g}].actors[${k}].classes;`),
    ]);
    const body = `
      ${tables.join("\n      ")}
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

  /** An expression for the key, and a condition under which each node in it has a class. */
  private keyCodeOf({ slots, actors }: Kept, g: number) {
    let at = slots.bits;
    const classes = actors.map(({ actor }, k) => {
      const { word, shift, mask } = this.table.packing.nodes[actor - 1];
      return `class${g}_${k}[(s${word} >>> ${shift}) & ${mask}]`;
    });
    const parts = classes.map((code, k) => {
      at += actors[k].bits;
      return `(${code} << ${at - actors[k].bits})`;
    });
    const isKnown = classes.length === 0 ? "" : `if (${classes.join(" && ")})`;
    return { code: [keyCode(slots, "s"), ...parts].join(" | "), isKnown };
  }
}
