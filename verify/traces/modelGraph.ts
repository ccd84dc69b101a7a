/**
 * A model's whole state graph in memory, from the texts that TLC prints and nothing else: a
 * multigraph, each edge with its actor and its action, in one canonical order.
 *
 * A state is a row of cells. The first cells are the actors' own, one each: their elements of the
 * variables that are functions on actors. The others are shared: a variable, or one element of it.
 * States are numbered by breadth from the initial one; the edges of a state are ordered by actor,
 * action and target. So the same graph has the same numbers, in whatever order TLC came upon it.
 */
import { bitsFor, type Field, readField } from "../engine/packing.js";
import type { StateText } from "../model/stateText.js";

/** A variable, or an element of one. */
export interface CellPart {
  readonly variable: string;
  /** From 1; 0 for the variable as a whole. */
  readonly index: number;
}

export interface Cell {
  readonly parts: readonly CellPart[];
  /** Every value that the graph has, in order: the texts of its parts, as TLC prints them. */
  readonly values: readonly (readonly string[])[];
}

export interface Vocabulary {
  /** The actors' own cells come first, in the order of the actors. */
  readonly cells: readonly Cell[];
  readonly actors: number;
  readonly actions: readonly string[];
}

export interface ModelGraph extends Vocabulary {
  readonly states: number;
  /** The states, packed as {@link CellPacking} has it. */
  readonly arena: Int32Array;
  /** The edges of state `s` are those from `firstEdge[s]` to before `firstEdge[s + 1]`. */
  readonly firstEdge: Int32Array;
  readonly targets: Int32Array;
  /** Who takes an edge, and which action it is: see {@link kindOf}. */
  readonly kinds: Uint16Array;
}

/** @param actor From 1. @param action Its index among the vocabulary's actions. */
export const kindOf = ({ actions }: Vocabulary, actor: number, action: number): number =>
  (actor - 1) * actions.length + action;

export const actorOfKind = ({ actions }: Vocabulary, kind: number): number =>
  Math.floor(kind / actions.length) + 1;

export const actionOfKind = ({ actions }: Vocabulary, kind: number): string =>
  actions[kind % actions.length];

/** Where the number of each cell's value is in a row of 32-bit words. */
export class CellPacking {
  readonly fields: readonly Field[];
  readonly words: number;

  constructor({ cells }: Pick<Vocabulary, "cells">) {
    let word = 0;
    let used = 0;
    this.fields = cells.map(({ values }) => {
      const bits = bitsFor(values.length);
      if (used + bits > 32) [word, used] = [word + 1, 0];
      const field = { word, shift: bits === 0 ? 0 : used, mask: 2 ** bits - 1 };
      used += bits;
      return field;
    });
    this.words = word + 1;
  }
}

/** A state as the model writes it: each variable's text, variables in the order of their names. */
export function stateTextAt(graph: ModelGraph, state: number): StateText {
  const { fields, words } = new CellPacking(graph);
  const elements = new Map<string, string[]>();
  for (const [c, { parts, values }] of graph.cells.entries()) {
    const value = values[readField(graph.arena, state * words, fields[c])];
    for (const [p, { variable, index }] of parts.entries()) {
      const texts = elements.get(variable) ?? [];
      texts[index] = value[p];
      elements.set(variable, texts);
    }
  }
  const whole = ([variable, [text, ...tuple]]: [string, string[]]): readonly [string, string] => {
    return [variable, text ?? `<<${tuple.join(", ")}>>`];
  };
  return new Map([...elements].sort(([a], [b]) => (a < b ? -1 : 1)).map(whole));
}
