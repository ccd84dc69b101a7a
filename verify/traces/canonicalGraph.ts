/** The states and edges of a dump, numbered in the canonical order, each edge with its actor. */
import { readField } from "../engine/packing.js";
import type { VerifyError } from "../support/verifyError.js";
import { type Cell, CellPacking, kindOf, type ModelGraph, type Vocabulary } from "./modelGraph.js";
import type { SplitCells } from "./splitCells.js";

/** The edges of a graph, as they came. */
export interface EdgeList {
  readonly size: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Indices into the list of actions. */
  readonly action: Int32Array;
}

export interface FoundGraph {
  readonly states: number;
  readonly initial: number;
  /** The states, packed. */
  readonly arena: Int32Array;
  readonly actions: readonly string[];
  readonly edges: EdgeList;
}

/** @param nobodys The error for a step whose actor cannot be told. */
export function canonicalGraph(
  { cells, actors }: Pick<SplitCells, "cells" | "actors">,
  found: FoundGraph,
  nobodys: (action: string) => VerifyError,
): ModelGraph {
  const { states, initial, arena, edges } = found;
  const actions = found.actions.toSorted();
  const vocabulary = { cells, actors, actions };
  const { words } = new CellPacking(vocabulary);
  const places = found.actions.map((action) => actions.indexOf(action));
  const teller = new ActorTeller(cells, actors, arena);
  const kinds = new Uint16Array(edges.size);
  for (let e = 0; e < edges.size; e++) {
    const action = found.actions[edges.action[e]];
    const actor = teller.actorOf(edges.from[e], edges.to[e], action);
    if (actor < 1) throw nobodys(action);
    kinds[e] = kindOf(vocabulary, actor, places[edges.action[e]]);
  }

  const outgoing = bySource(states, edges);
  const changes = new Changes(vocabulary, arena);
  const compare = (a: number, b: number): number =>
    kinds[a] - kinds[b] || changes.compare(edges.from[a], edges.to[a], edges.to[b]);
  const numberOf = new Int32Array(states).fill(-1);
  const order = new Int32Array(states);
  const graph = {
    ...vocabulary,
    states,
    arena: new Int32Array(states * words),
    firstEdge: new Int32Array(states + 1),
    targets: new Int32Array(edges.size),
    kinds: new Uint16Array(edges.size),
  };
  order[0] = initial;
  numberOf[initial] = 0;
  let known = 1;
  let edge = 0;
  for (let s = 0; s < known; s++) {
    const old = order[s];
    graph.arena.set(arena.subarray(old * words, (old + 1) * words), s * words);
    const own = outgoing.edges.subarray(outgoing.first[old], outgoing.first[old + 1]);
    for (const e of own.sort(compare)) {
      const to = edges.to[e];
      if (numberOf[to] < 0) {
        order[known] = to;
        numberOf[to] = known++;
      }
      graph.targets[edge] = numberOf[to];
      graph.kinds[edge++] = kinds[e];
    }
    graph.firstEdge[s + 1] = edge;
  }
  return graph;
}

/** The numbers of all edges, those of one source together. */
function bySource(states: number, { size, from }: EdgeList) {
  const first = new Int32Array(states + 1);
  for (let e = 0; e < size; e++) first[from[e] + 1]++;
  for (let s = 0; s < states; s++) first[s + 1] += first[s];
  const next = first.slice();
  const edges = new Int32Array(size);
  for (let e = 0; e < size; e++) edges[next[from[e]]++] = e;
  return { first, edges };
}

/** What steps change, in an order that says nothing of what they leave as it is. */
class Changes {
  private readonly packing: CellPacking;

  constructor(
    vocabulary: Vocabulary,
    private readonly arena: Int32Array,
  ) {
    this.packing = new CellPacking(vocabulary);
  }

  /** Compares two steps from one state by the first cell in which they end differently. */
  compare(from: number, one: number, other: number): number {
    const { fields, words } = this.packing;
    if (one === other) return 0;
    for (const field of fields) {
      const a = readField(this.arena, one * words, field);
      const b = readField(this.arena, other * words, field);
      if (a === b) continue;
      const before = readField(this.arena, from * words, field);
      return a === before ? 1 : b === before ? -1 : a - b;
    }
    return 0;
  }
}

/**
 * Who took a step. The dump names only its action; the actor is the one whose own cell differs, or
 * else the toolstack of the domain whose life does. A step that leaves its actor where it was, such
 * as asking again, is of the one actor that is there.
 */
class ActorTeller {
  private readonly packing: CellPacking;
  private readonly vcpus: number;
  private readonly lives: readonly number[];
  private readonly places: readonly (readonly string[])[];

  constructor(
    cells: readonly Cell[],
    private readonly actors: number,
    private readonly arena: Int32Array,
  ) {
    this.packing = new CellPacking({ cells });
    const own = cells.slice(0, actors);
    this.vcpus = own.filter(({ parts }) =>
      parts.some(({ variable }) => variable === "call"),
    ).length;
    this.places = own.map(({ values }) => values.map(([pc]) => pc));
    this.lives = cells.flatMap(({ parts }, c) => (parts[0].variable === "life" ? [c] : []));
  }

  /** From 1; below that when nobody can be told. */
  actorOf(from: number, to: number, action: string): number {
    for (let a = 0; a < this.actors; a++) if (this.differs(a, from, to)) return a + 1;
    const domain = this.lives.findIndex((cell) => this.differs(cell, from, to));
    if (domain >= 0) return this.vcpus + domain + 1;
    const there = this.places.flatMap((pcs, a) => {
      return pcs[this.valueAt(a, from)] === `"${action}"` ? [a + 1] : [];
    });
    return there.length === 1 ? there[0] : -1;
  }

  private valueAt(cell: number, state: number): number {
    return readField(this.arena, state * this.packing.words, this.packing.fields[cell]);
  }

  private differs(cell: number, one: number, other: number): boolean {
    return this.valueAt(cell, one) !== this.valueAt(cell, other);
  }
}
