/**
 * The model's states as packed states of the implementation: what each cell's text is there.
 *
 * Nothing is taken from a run of the implementation but which number the node of an actor has, and
 * that is looked up by the texts of its local variables.
 */
import { readField } from "../engine/packing.js";
import type { Stepper } from "../engine/stepper.js";
import { bitsByText } from "../mediator/bitsByText.js";
import {
  type SharedVariable,
  sharedVariables,
} from "../mediator/correspondence/sharedVariables.js";
import { Profile } from "../mediator/profile.js";
import { locationsOf, visibleMask } from "../mediator/refinement.js";
import type { System } from "../mediator/system.js";
import { type Cell, CellPacking, type CellPart, type ModelGraph } from "./modelGraph.js";
import { OtherGraph } from "./otherGraph.js";

const NO_COUNTERPART = -1;
const NOT_LOOKED_UP = -2;

export class MappedStates {
  /** The bits of a packed state that the model sees. */
  readonly visible: Int32Array;
  /** The bits of the state mapped last. */
  readonly bits: Int32Array;
  private readonly packing: CellPacking;
  /** By actor, by the number of its cell's value: the node. */
  private readonly nodes: readonly Int32Array[];
  private readonly keys: readonly (readonly string[])[];
  /** Of each shared cell: its values' bits; null without a counterpart. */
  private readonly shared: readonly (readonly (Int32Array | null)[])[];

  /** @throws OtherGraph where the graph's variables are not the implementation's */
  constructor(
    private readonly stepper: Stepper<System>,
    private readonly graph: ModelGraph,
  ) {
    const { cells, actors } = graph;
    this.visible = visibleMask(stepper.system, stepper.packing);
    this.bits = new Int32Array(stepper.packing.words);
    this.packing = new CellPacking(graph);
    if (actors !== stepper.automata.length) {
      throw new OtherGraph(`there are ${actors} actors, not ${stepper.automata.length}`);
    }
    const own = cells.slice(0, actors);
    this.nodes = own.map(({ values }) => new Int32Array(values.length).fill(NOT_LOOKED_UP));
    this.keys = own.map(({ parts, values }) => values.map((texts) => keyOf(parts, texts)));
    const locations = locationsByName(stepper);
    this.shared = cells.slice(actors).map((cell) => {
      const name = nameOf(cell.parts[0]);
      const texts = locations.get(name);
      if (texts === undefined) throw new OtherGraph(`${name} is no variable of the implementation`);
      locations.delete(name);
      return cell.values.map(([text]) => texts.get(text) ?? null);
    });
    const [missing] = locations.keys();
    if (missing !== undefined) throw new OtherGraph(`there is no variable ${missing}`);
  }

  /** @returns False where the implementation has no counterpart of a value; else see `bits`. */
  map(state: number): boolean {
    const { bits, graph, packing, shared, stepper } = this;
    const base = state * packing.words;
    bits.fill(0);
    for (let a = 0; a < graph.actors; a++) {
      const node = this.nodeOf(a, readField(graph.arena, base, packing.fields[a]));
      if (node === NO_COUNTERPART) return false;
      const { word, shift } = stepper.packing.nodes[a];
      bits[word] |= node << shift;
    }
    for (let i = 0; i < shared.length; i++) {
      const value = shared[i][readField(graph.arena, base, packing.fields[graph.actors + i])];
      if (value === null) return false;
      for (let w = 0; w < bits.length; w++) bits[w] |= value[w];
    }
    return true;
  }

  /** Nodes are found as steps are taken, so that one which is not there yet may come. */
  private nodeOf(a: number, value: number): number {
    const known = this.nodes[a][value];
    if (known >= 0) return known;
    const node = this.stepper.automata[a].find(this.keys[a][value]) ?? NO_COUNTERPART;
    this.nodes[a][value] = node;
    return node;
  }
}

const nameOf = ({ variable, index }: CellPart): string =>
  index === 0 ? variable : `${variable}[${index}]`;

function locationsByName(stepper: Stepper<System>): Map<string, ReadonlyMap<string, Int32Array>> {
  const nameAt = ({ variable, over }: SharedVariable, i: number): string =>
    nameOf({ variable, index: over === "domains" ? i + 1 : 0 });
  return new Map(
    sharedVariables.flatMap((shared) =>
      locationsOf(stepper.system, shared).map((at, i) => {
        return [nameAt(shared, i), bitsByText(stepper, shared, at)] as const;
      }),
    ),
  );
}

/** The key of the profile that these texts make. */
function keyOf(parts: Cell["parts"], texts: readonly string[]): string {
  const textOf = (name: string): string | undefined => {
    return texts[parts.findIndex(({ variable }) => variable === name)];
  };
  const [pc = "", call, work, answer] = ["pc", "call", "work", "answer"].map(textOf);
  return new Profile(pc, call, work, answer).key;
}
