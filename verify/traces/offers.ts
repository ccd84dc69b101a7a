/**
 * What each actor may do in each state, told by its own cell: for each value of that, the lists of
 * steps that it has anywhere, and for each state and actor the number of the list.
 *
 * So a state is never written down. It is what the steps that lead to it make of the initial one.
 */
import { readField } from "../engine/packing.js";
import { actorOfKind, CellPacking, type ModelGraph, type Vocabulary } from "./modelGraph.js";

/** A step: the index of its action, then each cell that it changes and the number it has then. */
export type Offer = readonly number[];

export interface OfferedGraph extends Vocabulary {
  /** The number of each cell's value in the initial state. */
  readonly initial: readonly number[];
  /** By actor, by the number of its own cell's value: all lists of steps. */
  readonly offers: readonly (readonly (readonly Offer[])[])[][];
  /** For each state, for each actor: the number of the list. */
  readonly lists: Uint16Array;
}

export function offersOf(graph: ModelGraph): OfferedGraph {
  const { cells, actors, actions, states, arena, firstEdge, targets, kinds } = graph;
  const { fields, words } = new CellPacking(graph);
  const own = cells.slice(0, actors);
  const offers = own.map(({ values }) => values.map((): Offer[][] => []));
  const numbers = own.map(({ values }) => values.map(() => new Map<string, number>()));
  const lists = new Uint16Array(states * actors);

  const offerOf = (state: number, edge: number): Offer => {
    const offer = [kinds[edge] % actions.length];
    for (const [c, field] of fields.entries()) {
      const after = readField(arena, targets[edge] * words, field);
      if (after !== readField(arena, state * words, field)) offer.push(c, after);
    }
    return offer;
  };

  for (let s = 0; s < states; s++) {
    let e = firstEdge[s];
    for (let a = 0; a < actors; a++) {
      const list: Offer[] = [];
      for (; e < firstEdge[s + 1] && actorOfKind(graph, kinds[e]) === a + 1; e++) {
        list.push(offerOf(s, e));
      }
      const value = readField(arena, s * words, fields[a]);
      const known = numbers[a][value];
      const key = list.join(";");
      let number = known.get(key);
      if (number === undefined) {
        number = offers[a][value].push(list) - 1;
        known.set(key, number);
      }
      lists[s * actors + a] = number;
    }
  }
  const initial = fields.map((field) => readField(arena, 0, field));
  return { cells, actors, actions, initial, offers, lists };
}
