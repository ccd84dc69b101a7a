/** A state of TLC's as the clauses of the explorer see it, made from the values TLC prints alone. */
import { canonicalValue, formatValue, type TlaState } from "tla2tools-runner";
import type { Location } from "../../src/sync/index.js";
import type { Checkable, Reads, StateView, StepClause } from "../../verify/engine/clause.js";
import {
  type SharedVariable,
  sharedVariables,
} from "../../verify/mediator/correspondence/sharedVariables.js";
import { Profile } from "../../verify/mediator/profile.js";
import { locationsOf, slotsOf } from "../../verify/mediator/refinement.js";
import type { System } from "../../verify/mediator/system.js";

/**
 * The first of a behavior's states that breaks a checkable, or that a step leads to which breaks
 * it; -1 when there is none. From 0.
 */
export function firstBroken(
  system: System,
  { states, steps }: Checkable,
  behavior: readonly TlaState[],
): number {
  return behavior.findIndex((state, i) => {
    const before = behavior[i - 1];
    const codeIn = (of: TlaState, slot: number) => codeOf(system, of, slot);
    return (
      states.some((clause) => !clause.holds(viewOf(system, state, clause))) ||
      (before !== undefined &&
        steps.some(
          (clause) =>
            // A clause is asked only of steps that change what it names.
            canBreak(clause.changes, (slot) => codeIn(before, slot) !== codeIn(state, slot)) &&
            !clause.holds(viewOf(system, before, clause), viewOf(system, state, clause)),
        ))
    );
  });
}

/** No property of the spec is decided by where an actor is, so that slots alone are looked at. */
const canBreak = (changes: StepClause["changes"], isChanged: (slot: number) => boolean): boolean =>
  changes === "any" || changes.actors.length > 0 || changes.slots.some((at) => isChanged(at.slot));

/**
 * A view that gives what is declared. A slot is translated when it is read, because a defect may
 * leave a value elsewhere that the layout cannot hold.
 *
 * @throws Error from the view when a clause reads what it does not declare.
 */
function viewOf(system: System, state: TlaState, reads: Reads): StateView {
  return {
    profile(actor) {
      if (!reads.actors.includes(actor)) throw new Error(`actor ${actor} is not declared`);
      // Toolstack and timer come behind the vCPUs, and have no element of a call and an answer.
      const elementOf = (variable: string) => elementsOf(state, variable).at(actor - 1);
      const pc = elementsOf(state, "pc")[actor - 1];
      return new Profile(pc, elementOf("call"), elementOf("work"), elementOf("answer"));
    },
    code(slot) {
      const bits = reads.slots.find((declared) => declared.slot === slot);
      if (bits === undefined) throw new Error(`slot ${slot} is not declared`);
      return codeOf(system, state, slot) & bits.mask;
    },
  };
}

/** The code in a slot. @throws Error when the slot's location cannot hold the variable's value. */
function codeOf(system: System, state: TlaState, slot: number): number {
  for (const of of sharedVariables) {
    for (const [i, at] of locationsOf(system, of).entries()) {
      const place = slotsOf(of, at).indexOf(slot);
      if (place < 0) continue;
      const { variable } = of;
      const text = of.over === "domains" ? elementsOf(state, variable)[i] : textOf(state, variable);
      return codesFor(system, of, at, text)[place];
    }
  }
  throw new Error(`no variable of the model mirrors slot ${slot}`);
}

/** The codes that the model writes as `text`: all that the slots can hold are tried. */
function codesFor(
  { layout }: System,
  of: SharedVariable,
  at: Location,
  text: string,
): readonly number[] {
  const limits = slotsOf(of, at).map((slot) => layout.slotLimits[slot]);
  const codes = limits.map(() => 0);
  for (;;) {
    if (of.show(codes, at) === text && isCompact(codes)) return codes;
    let i = 0;
    while (i < codes.length && ++codes[i] === limits[i]) codes[i++] = 0;
    if (i === codes.length) throw new Error(`${at.name} cannot hold ${of.variable} = ${text}`);
  }
}

/** A list has its free places at the end. */
const isCompact = (codes: readonly number[]): boolean =>
  codes.every((code, i) => i === 0 || code === 0 || codes[i - 1] !== 0);

function canonical(state: TlaState, variable: string) {
  const value = state.get(variable);
  if (value === undefined) throw new Error(`the state has no ${variable}`);
  return canonicalValue(value);
}

const textOf = (state: TlaState, variable: string): string =>
  formatValue(canonical(state, variable));

function elementsOf(state: TlaState, variable: string): readonly string[] {
  const value = canonical(state, variable);
  if (value.type !== "tuple") throw new Error(`${variable} is not a function on 1..n`);
  return value.elements.map(formatValue);
}
