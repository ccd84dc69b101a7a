/**
 * The implementation's state as values of the spec: which slots and local states each part of a
 * variable is, and its value there. Values follow from the tables of the correspondence; each is
 * made once and looked up from then on.
 */
import { fromTlaValue, parseValue, type State, type Theory, type Value } from "tla2tools-runner";
import type { Reads, StateView } from "../engine/clause.js";
import type { Cell, CellReader } from "../spec/cells.js";
import { VerifyError } from "../support/verifyError.js";
import { isOverAll, localVariables } from "./correspondence/localVariables.js";
import { type SharedVariable, sharedVariables } from "./correspondence/sharedVariables.js";
import { asProfile, type Profile } from "./profile.js";
import { locationsOf, slotsOf } from "./refinement.js";
import type { System } from "./system.js";

/** A variable: as a whole, and in its parts. */
interface VariableReader {
  readonly whole: CellReader;
  /** Index 0 is element 1; a variable that is no function on actors or domains has none. */
  readonly elements: readonly CellReader[];
  /** Of a set that a bit mask stands for: whether a number is a member. */
  readonly member?: (member: number) => CellReader;
}

const ANY = -1;

export class StateValues {
  private readonly readers: ReadonlyMap<string, VariableReader>;

  constructor(
    system: System,
    private readonly theory: Theory,
  ) {
    this.readers = new Map([
      ...localVariables.map((name) => [name, this.local(system, name)] as const),
      ...sharedVariables.map((shared) => [shared.variable, this.shared(system, shared)] as const),
    ]);
  }

  /** @throws VerifyError SPEC_UNSUPPORTED for a part of a variable that has no counterpart */
  readonly cell = ({ variable, part, index }: Cell): CellReader => {
    const reader = this.readers.get(variable);
    const found = part === "element" ? reader?.elements[index - 1] : reader?.member?.(index);
    const wanted = part === "whole" ? reader?.whole : found;
    if (wanted !== undefined) return wanted;
    throw new VerifyError({
      code: "SPEC_UNSUPPORTED",
      what: `the implementation has no counterpart of ${variable}, or of its part ${index}`,
      where: "verify/mediator/correspondence",
      hint: "give the variable a row in the tables, or leave the property to TLC",
    });
  };

  /**
   * A state's values, in the order of the theory's variables.
   *
   * @param without Positions of variables that are not the implementation's; they are FALSE here.
   * @throws VerifyError, as `cell`
   */
  stateOf(view: StateView, without: readonly number[] = []): State {
    return this.theory.variables.map((name, position) => {
      return !without.includes(position) && this.whole(name).value(view);
    });
  }

  /** Whether the implementation has a counterpart of a variable. */
  has(variable: string): boolean {
    return this.readers.has(variable);
  }

  private whole(variable: string): CellReader {
    return this.cell({ variable, part: "whole", index: 0, isNext: false });
  }

  private valueIn(text: string): Value {
    return fromTlaValue(parseValue(text), this.theory.table, (what) => {
      throw new Error(`${text} is no value of the spec: ${what}`);
    });
  }

  private local(system: System, variable: (typeof localVariables)[number]): VariableReader {
    const known = new WeakMap<Profile, Value>();
    const over = system.actors.filter(({ kind }) => isOverAll(variable) || kind === "vcpu");
    const elements = over.map(({ number }): CellReader => {
      return {
        reads: { actors: [number], slots: [] },
        value: (state) => {
          const profile = asProfile(state.profile(number));
          let value = known.get(profile);
          if (value === undefined) {
            value = this.valueIn(profile[variable]);
            known.set(profile, value);
          }
          return value;
        },
      };
    });
    return { elements, whole: this.tupleOf(elements) };
  }

  private shared(system: System, shared: SharedVariable): VariableReader {
    const parts = locationsOf(system, shared).map((at): CellReader => {
      const slots = slotsOf(shared, at);
      const known = new Map<string, Value>();
      return {
        reads: { actors: [], slots: slots.map((slot) => ({ slot, mask: ANY })) },
        value: (state) => {
          const codes = slots.map((slot) => state.code(slot));
          const key = codes.join();
          let value = known.get(key);
          if (value === undefined) {
            value = this.valueIn(shared.show(codes, at));
            known.set(key, value);
          }
          return value;
        },
      };
    });
    if (shared.over === "domains") return { elements: parts, whole: this.tupleOf(parts) };
    const [whole] = parts;
    if (shared.isBitMask !== true) return { whole, elements: [] };
    const [{ slot }] = whole.reads.slots;
    return {
      whole,
      elements: [],
      member: (member) => ({
        reads: { actors: [], slots: [{ slot, mask: 1 << member }] },
        value: (state) => (state.code(slot) & (1 << member)) !== 0,
      }),
    };
  }

  private tupleOf(elements: readonly CellReader[]): CellReader {
    const reads: Reads = {
      actors: elements.flatMap((each) => each.reads.actors),
      slots: elements.flatMap((each) => each.reads.slots),
    };
    const value = (state: StateView) =>
      this.theory.table.tuple(elements.map((each) => each.value(state)));
    return { reads, value };
  }
}
