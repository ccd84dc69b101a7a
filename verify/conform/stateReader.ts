/**
 * Reads a state of TLC's graph into the bits of a packed state of the implementation.
 *
 * Every variable's text is translated once and looked up from then on, so that reading a state is
 * a few look-ups. What has no counterpart in the implementation has no bits, and is told so.
 */
import { canonicalValue, formatValue, parseValue, type TlaValue } from "tla2tools-runner";
import type { Stepper } from "../engine/stepper.js";
import { BEFORE_FIRST, BETWEEN, unescapeDot } from "../graph/dumpText.js";
import { bitsByText } from "../mediator/bitsByText.js";
import { isOverAll, type LocalVariable } from "../mediator/correspondence/localVariables.js";
import {
  type SharedVariable,
  sharedVariables,
} from "../mediator/correspondence/sharedVariables.js";
import { callText } from "../mediator/correspondence/words.js";
import { Profile } from "../mediator/profile.js";
import { locationsOf } from "../mediator/refinement.js";
import type { System } from "../mediator/system.js";
import { VerifyError } from "../support/verifyError.js";

/** So many characters of a graph are in a message: room for the names of all variables. */
const MOST_SHOWN = 400;

/** Room for each part of a profile's number; the product of all stays below 2^53. */
export const ROOM = { pc: 2 ** 10, call: 2 ** 10, work: 2 ** 18, answer: 2 ** 14 } as const;

type Room = Readonly<Record<string, number>>;

type SharedMemo = Map<string, Int32Array | null>;
type LocalMemo = Map<string, readonly number[]>;

export class StateReader {
  /** The bits of the state read last. */
  readonly bits: Int32Array;
  /** The variables, in the order in which TLC writes them, and what is before their values. */
  private order: readonly { readonly variable: string; readonly head: string }[] = [];
  private readonly shared = new Map<string, { of: SharedVariable; memo: SharedMemo }>();
  private readonly locals: Readonly<Record<string, LocalMemo>> = {
    pc: new Map(),
    call: new Map(),
    work: new Map(),
    answer: new Map(),
  };
  /** Element texts of pc, call, work and answer, numbered. */
  private readonly elements: Readonly<Record<string, Map<string, number>>> = {
    pc: new Map(),
    call: new Map(),
    work: new Map(),
    answer: new Map(),
  };
  private readonly nodes: Map<number, number>[];
  private readonly inverse: Map<string, Int32Array>[][] = [];

  /** @param room Less for tests. */
  constructor(
    private readonly stepper: Stepper<System>,
    private readonly room: Room = ROOM,
  ) {
    this.bits = new Int32Array(stepper.packing.words);
    this.nodes = stepper.automata.map(() => new Map());
    for (const of of sharedVariables) this.shared.set(of.variable, { of, memo: new Map() });
    for (const of of sharedVariables) {
      this.inverse.push(locationsOf(stepper.system, of).map((at) => bitsByText(stepper, of, at)));
    }
  }

  /**
   * Reads a state; `bits` has its bits then.
   *
   * @returns whether the implementation has a counterpart for each value in it.
   * @throws VerifyError DUMP_OTHER_MODEL when the variables are not the model's.
   */
  read(text: string): boolean {
    const { bits } = this;
    bits.fill(0);
    if (this.order.length === 0) this.order = this.orderIn(text);
    let known = true;
    let start = BEFORE_FIRST.length;
    for (const { variable, head } of this.order) {
      if (!text.startsWith(head, start)) throw otherModel(this.variables, text);
      const from = start + head.length;
      const found = text.indexOf(BETWEEN, from);
      const end = found < 0 ? text.length : found;
      this.take(variable, text.slice(from, end));
      const shared = this.shared.get(variable);
      if (shared) known = this.addShared(shared, text.slice(from, end)) && known;
      start = end + BETWEEN.length;
    }
    return this.addNodes() && known;
  }

  private current: Record<string, readonly number[]> = {};

  private take(variable: string, raw: string): void {
    const memo = this.locals[variable];
    if (memo === undefined) return;
    let codes = memo.get(raw);
    if (codes === undefined) {
      const elements = elementsOf(raw);
      this.checkBounds(variable as LocalVariable, elements);
      codes = elements.map((element) => this.numberOf(variable, element));
      memo.set(copyOf(raw), codes);
    }
    this.current[variable] = codes;
  }

  /** Two profiles of one number would be taken for one another. */
  private numberOf(variable: string, text: string): number {
    const number = numberOf(this.elements[variable], text);
    if (number < this.room[variable]) return number;
    throw new VerifyError({
      code: "TOO_MANY_VALUES",
      what: `the graph has more values of ${variable} than the comparison keeps apart`,
      expected: `at most ${this.room[variable]}`,
      found: text,
      hint: "choose smaller bounds, or fewer calls",
    });
  }

  /** A graph for other actors or other calls is one of another model, not a difference. */
  private checkBounds(variable: LocalVariable, elements: readonly string[]): void {
    const { actors, calls } = this.stepper.system;
    const vcpus = actors.filter(({ kind }) => kind === "vcpu").length;
    const expected = isOverAll(variable) ? actors.length : vcpus;
    if (elements.length !== expected) {
      throw otherModel([`${variable} of ${expected} elements`], elements.join(", "));
    }
    const known = ["<<>>", ...calls.map(callText)];
    const other = variable === "call" && elements.find((element) => !known.includes(element));
    if (other) throw otherModel(known, other);
  }

  private addShared(shared: { of: SharedVariable; memo: SharedMemo }, raw: string): boolean {
    let found = shared.memo.get(raw);
    if (found === undefined) {
      found = this.bitsOf(shared.of, raw);
      shared.memo.set(copyOf(raw), found);
    }
    if (found === null) return false;
    for (let w = 0; w < this.bits.length; w++) this.bits[w] |= found[w];
    return true;
  }

  private bitsOf(of: SharedVariable, raw: string): Int32Array | null {
    const inverses = this.inverse[sharedVariables.indexOf(of)];
    const texts = of.over === "domains" ? elementsOf(raw) : [canonicalText(valueIn(raw))];
    const bits = new Int32Array(this.stepper.packing.words);
    if (texts.length !== inverses.length) return null;
    for (const [i, text] of texts.entries()) {
      const part = inverses[i].get(text);
      if (part === undefined) return null;
      for (let w = 0; w < bits.length; w++) bits[w] |= part[w];
    }
    return bits;
  }

  private addNodes(): boolean {
    const { pc, call, work, answer } = this.current;
    const { packing, automata } = this.stepper;
    for (let a = 0; a < automata.length; a++) {
      const local = a < call.length;
      const key = local
        ? ((pc[a] * this.room.call + call[a]) * this.room.work + work[a]) * this.room.answer +
          answer[a]
        : pc[a] * this.room.work + work[a];
      let node = this.nodes[a].get(key);
      if (node === undefined) {
        node = automata[a].find(this.profileAt(a, local).key);
        if (node === undefined) return false;
        this.nodes[a].set(key, node);
      }
      const field = packing.nodes[a];
      this.bits[field.word] |= node << field.shift;
    }
    return true;
  }

  /** The element texts are found again by number; this happens once a profile. */
  private profileAt(a: number, isVcpu: boolean): Profile {
    const textOf = (variable: string) => nth(this.elements[variable], this.current[variable][a]);
    const pc = textOf("pc");
    return isVcpu
      ? new Profile(pc, textOf("call"), textOf("work"), textOf("answer"))
      : new Profile(pc, undefined, textOf("work"));
  }

  private get variables(): readonly string[] {
    return [...Object.keys(this.locals), ...this.shared.keys()];
  }

  private orderIn(text: string): StateReader["order"] {
    const { variables } = this;
    const names = text
      .slice(BEFORE_FIRST.length)
      .split(BETWEEN)
      .map((part) => part.slice(0, part.indexOf(" = ")));
    const isSame = names.length === variables.length && variables.every((v) => names.includes(v));
    if (!isSame) throw otherModel(variables, names.join(", "));
    return names.map((variable) => ({ variable, head: `${variable} = ` }));
  }
}

const valueIn = (raw: string): TlaValue => parseValue(unescapeDot(raw));

const canonicalText = (value: TlaValue): string => formatValue(canonicalValue(value));

function elementsOf(raw: string): readonly string[] {
  const value = canonicalValue(valueIn(raw));
  return value.type === "tuple" ? value.elements.map((element) => formatValue(element)) : [];
}

function numberOf(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size);
  return numbers.size - 1;
}

const nth = (numbers: ReadonlyMap<string, number>, code: number): string =>
  [...numbers.keys()][code];

/** A slice keeps the whole chunk of the file alive; a key of a memo must not. */
const copyOf = (slice: string): string => Buffer.from(slice, "latin1").toString("latin1");

function otherModel(expected: readonly string[], text: string): VerifyError {
  return new VerifyError({
    code: "DUMP_OTHER_MODEL",
    what: "the state graph is one of another model, or of other bounds",
    expected: expected.join(", "),
    found: text.replaceAll("\\n", " ").slice(0, MOST_SHOWN),
    hint: "let TLC write the graph of this very model: ffa-verify conform MODEL",
  });
}
