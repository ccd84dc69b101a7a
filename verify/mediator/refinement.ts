/**
 * The refinement mapping: a packed state of the implementation as the model writes it, and which
 * slots each variable mirrors.
 */
import type { Location } from "../../src/sync/index.js";
import { type Packing, readField } from "../engine/packing.js";
import type { Stepper } from "../engine/stepper.js";
import type { StateText } from "../model/stateText.js";
import { isOverAll, localVariables } from "./correspondence/localVariables.js";
import { type SharedVariable, sharedVariables } from "./correspondence/sharedVariables.js";
import { asProfile, type Profile } from "./profile.js";
import type { System } from "./system.js";

export function stateTextOf(stepper: Stepper<System>, words: Int32Array, base = 0): StateText {
  const { packing, automata, system } = stepper;
  const profiles = automata.map((automaton, a) => {
    return asProfile(automaton.nodes[readField(words, base, packing.nodes[a])].profile);
  });
  return stateTextFrom(system, profiles, (slot) => readField(words, base, packing.slots[slot]));
}

/** The same from each actor's profile and the code in each slot. */
export function stateTextFrom(
  system: System,
  profiles: readonly Profile[],
  codeOf: (slot: number) => number,
): StateText {
  const text = new Map(localTexts(system, profiles));
  for (const shared of sharedVariables) {
    text.set(shared.variable, sharedText(system, shared, codeOf));
  }
  return text;
}

function* localTexts(
  system: System,
  profiles: readonly Profile[],
): Generator<readonly [string, string]> {
  for (const variable of localVariables) {
    const over = isOverAll(variable) ? system.actors : system.actors.filter(isVcpu);
    yield [variable, tuple(over.map((actor) => profiles[actor.number - 1][variable]))];
  }
}

const isVcpu = (actor: { kind: string }): boolean => actor.kind === "vcpu";
const tuple = (items: readonly string[]): string => `<<${items.join(", ")}>>`;

function sharedText(
  system: System,
  shared: SharedVariable,
  codeOf: (slot: number) => number,
): string {
  const texts = locationsOf(system, shared).map((at) => {
    return shared.show(slotsOf(shared, at).map(codeOf), at);
  });
  return shared.over === "domains" ? tuple(texts) : texts[0];
}

/** The locations that a variable mirrors: one for each domain, or the one. */
export function locationsOf(system: System, shared: SharedVariable): readonly Location[] {
  return system.state.layout.locations.filter((at) => at.name === shared.location);
}

/** The slots of a location that a variable mirrors. */
export function slotsOf(shared: SharedVariable, at: Location): readonly number[] {
  const all = Array.from({ length: at.slots }, (_, i) => i);
  return (shared.slots === "all" ? all : shared.slots).map((i) => at.slot + i);
}

/**
 * The bits of a packed state that the model can see: every node, and every slot that it mirrors.
 */
export function visibleMask(system: System, packing: Packing): Int32Array {
  const mask = new Int32Array(packing.words);
  const seen = sharedVariables.flatMap((shared) =>
    locationsOf(system, shared).flatMap((at) => slotsOf(shared, at)),
  );
  for (const field of [...packing.nodes, ...seen.map((slot) => packing.slots[slot])]) {
    mask[field.word] |= field.mask << field.shift;
  }
  return mask;
}
