import type { State } from "../evaluate/evaluate.js";
import { toTlaValue } from "../evaluate/values/tlaValues.js";
import type { Value } from "../evaluate/values/Value.js";
import { formatValue } from "../value/formatValue.js";
import type { TlaState } from "../value/TlaValue.js";

/** Prints states as TLC does, each value of a variable once. */
export class StateText {
  private readonly order: readonly { readonly name: string; readonly index: number }[];
  private readonly lines: readonly Map<Value, string>[];

  constructor(variables: readonly string[]) {
    this.order = alphabetical(variables);
    this.lines = variables.map(() => new Map());
  }

  of(state: State): string {
    return this.order.map(({ name, index }) => this.line(name, index, state[index])).join("\n");
  }

  private line(name: string, index: number, value: Value): string {
    const known = this.lines[index].get(value);
    if (known !== undefined) return known;
    const prefix = this.order.length === 1 ? "" : "/\\ ";
    const line = `${prefix}${name} = ${formatValue(toTlaValue(value))}`;
    this.lines[index].set(value, line);
    return line;
  }
}

/** A state as TLC gives it. */
export function toTlaState(variables: readonly string[], state: State): TlaState {
  return new Map(
    alphabetical(variables).map(({ name, index }) => [name, toTlaValue(state[index])]),
  );
}

function alphabetical(variables: readonly string[]) {
  const order = variables.map((name, index) => ({ name, index }));
  return order.sort((a, b) => (a.name < b.name ? -1 : 1));
}
