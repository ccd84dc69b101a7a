/**
 * Puts clauses together that read the same, so that one look-up is enough for all of them: by the
 * bits of memory that they read and the classes of the nodes that they see.
 */
import type { StateClause } from "./clause.js";
import { type ClauseKey, keyOfBits, slotBitsOf } from "./clauseKey.js";
import { type NodePartition, type Partition, product } from "./nodePartition.js";
import { bitsFor, type Packing } from "./packing.js";

/** A clause, with the partition of each actor that it reads. */
export interface Named {
  readonly name: string;
  readonly clause: StateClause;
  readonly partitions: ReadonlyMap<number, NodePartition>;
}

/** An actor whose class is a part of the key. */
export interface ActorKey {
  readonly actor: number;
  /** By node, from 1; 0 is no class, for nodes that are found later. */
  readonly classes: Uint16Array;
  readonly bits: number;
}

export interface ClauseGroup {
  readonly clauses: readonly Named[];
  /** The memory that they read. */
  readonly slots: ClauseKey;
  readonly actors: readonly ActorKey[];
  /** Of the whole key. */
  readonly bits: number;
}

/** Groups are formed up to this many bits; a clause that reads more has a group of its own. */
const GROUP_BITS = 14;

export function groupsOf(packing: Packing, clauses: readonly Named[]): readonly ClauseGroup[] {
  const groups: Draft[] = [];
  // Those that read most come first, so that the others find a group which reads that anyway.
  const alone = clauses.map((named) => draftOf(packing, named));
  for (const draft of alone.toSorted((a, b) => b.bits - a.bits)) {
    let best: { at: number; merged: Draft; more: number } | undefined;
    for (const [at, group] of groups.entries()) {
      const merged = mergedIn(group, draft);
      if (merged === undefined) continue;
      const more = merged.bits - group.bits;
      if (best === undefined || more < best.more) best = { at, merged, more };
      if (more === 0) break;
    }
    if (best === undefined) groups.push(draft);
    else groups[best.at] = best.merged;
  }
  return groups.map((draft) => finished(packing, draft));
}

interface Draft {
  readonly clauses: readonly Named[];
  /** The bits of each word that they read. */
  readonly slots: Int32Array;
  readonly partitions: ReadonlyMap<number, Partition>;
  /** Of the whole key. */
  readonly bits: number;
}

/** With a number for each class, and one for none. */
const classBits = ({ count }: Partition): number => bitsFor(count + 1);

function draftOf(packing: Packing, named: Named): Draft {
  const slots = slotBitsOf(packing, named.clause.slots);
  return sized({ clauses: [named], slots, partitions: named.partitions });
}

function sized(draft: Omit<Draft, "bits">): Draft {
  const classes = [...draft.partitions.values()].map(classBits);
  return { ...draft, bits: classes.reduce((sum, bits) => sum + bits, countBits(draft.slots)) };
}

/** Both in one, if that is worth it: they share something, and what they read stays small. */
function mergedIn(group: Draft, other: Draft): Draft | undefined {
  const slots = group.slots.map((bits, word) => bits | other.slots[word]);
  const most = Math.max(GROUP_BITS, group.bits);
  if (countBits(slots) > most) return undefined;
  const partitions = new Map(group.partitions);
  for (const [actor, partition] of other.partitions) {
    const known = partitions.get(actor);
    partitions.set(actor, known === undefined ? partition : product(known, partition));
  }
  const merged = sized({ clauses: [...group.clauses, ...other.clauses], slots, partitions });
  return merged.bits <= most && merged.bits < group.bits + other.bits ? merged : undefined;
}

function countBits(words: Int32Array): number {
  let count = 0;
  for (let word of words) for (; word !== 0; word &= word - 1) count++;
  return count;
}

function finished(packing: Packing, { clauses, slots, partitions, bits }: Draft): ClauseGroup {
  const actors = [...partitions].map(([actor, partition]): ActorKey => {
    const classes = new Uint16Array(2 ** packing.widths.nodes[actor - 1]);
    for (const [node, number] of partition.classes.entries()) classes[node] = number + 1;
    return { actor, classes, bits: classBits(partition) };
  });
  return { clauses, slots: keyOfBits(slots), actors, bits };
}
