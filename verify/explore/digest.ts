/**
 * An order-independent digest of all states and all steps: what model/MCDigest.tla lets TLC sum up
 * while it runs, computed from the implementation under the refinement mapping.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseValue, type TlaValue } from "tla2tools-runner";
import { readField } from "../engine/packing.js";
import { StateTable } from "../engine/stateTable.js";
import { Stepper } from "../engine/stepper.js";
import { stateTextOf } from "../mediator/refinement.js";
import type { MediatorActor, System } from "../mediator/system.js";
import { modelDirectory } from "../model/paths.js";
import { VerifyError } from "../support/verifyError.js";

/** Two sums over the states and two over the steps, each below 46337. */
export type Digest = readonly [number, number, number, number];

export interface DigestResult {
  readonly digest: Digest;
  readonly states: number;
  readonly edges: number;
}

/** The numbers of MCDigest.tla. */
const P = 46337;
const BASES = [211, 30011] as const;

/** Explores a system and sums up. `omit` leaves out the step of that number, from 0. */
export function digestOf(system: System, omit = -1): DigestResult {
  const stepper = new Stepper(system);
  const codes = new StateCodes(stepper);
  const table = new StateTable(stepper.packing.words, 1 << 16);
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  /** The two codes of each state, by its number. */
  const known: number[] = [];
  let edges = 0;
  const numberOf = (words: Int32Array): number => {
    const index = table.add(words);
    if (!table.added) return index;
    for (const k of [0, 1] as const) {
      const code = codes.of(k, words);
      known.push(code);
      sums[k] = (sums[k] + mixed(code)) % P;
    }
    return index;
  };
  numberOf(stepper.initial);
  for (let from = 0; from < table.size; from++) {
    stepper.forEachStep(table.arena, from * table.words, (_, __, words) => {
      const to = numberOf(words);
      if (edges++ === omit) return;
      for (const k of [0, 1] as const) {
        const step = (known[2 * from + k] * 59 + known[2 * to + k] * 6007) % P;
        sums[2 + k] = (sums[2 + k] + mixed(step)) % P;
      }
    });
  }
  return { digest: sums, states: table.size, edges };
}

const DIGEST = /^<<"digest", (\d+), (\d+), (\d+), (\d+)>>$/;

/** The last digest among the lines that TLC printed. @throws VerifyError DIGEST_MISSING */
export function readDigest(output: readonly string[]): Digest {
  const line = output.findLast((text) => DIGEST.test(text));
  const found = line === undefined ? null : DIGEST.exec(line);
  if (found === null) {
    throw new VerifyError({
      code: "DIGEST_MISSING",
      what: "TLC printed no digest",
      where: "model/MCDigest.tla",
      hint: "run a cfg that has StatesAreSummed and StepsAreSummed, with one worker",
    });
  }
  return [Number(found[1]), Number(found[2]), Number(found[3]), Number(found[4])];
}

const mixed = (x: number): number => (((x * x) % P) * x + x) % P;

/** A sequence of numbers as one, by polynomial `k`. */
function codeOf(k: 0 | 1, numbers: readonly number[]): number {
  return numbers.reduce((code, n) => modulo(code * BASES[k] + n + 7), 1);
}

const modulo = (n: number): number => ((n % P) + P) % P;

/** Numbers by the part of a state that they stand for. */
type Parts = Map<string, readonly number[]>;

/** Codes of states; those of an actor's node and of a domain's slots are remembered. */
class StateCodes {
  private readonly names: ReadonlyMap<string, number>;
  private readonly parts: readonly [Parts, Parts] = [new Map(), new Map()];

  private readonly vcpus: readonly MediatorActor[];
  /** The slots of each domain, and those that are global. */
  private readonly ownSlots: readonly (readonly number[])[];
  private readonly globalSlots: readonly number[];

  constructor(private readonly stepper: Stepper<System>) {
    this.names = readNames();
    const { actors, layout, options } = stepper.system;
    this.vcpus = actors.filter(({ kind }) => kind === "vcpu");
    const slotsOf = (domain: number) =>
      layout.locations
        .filter(({ owner }) => owner === domain)
        .flatMap(({ slot, slots }) => Array.from({ length: slots }, (_, i) => slot + i));
    this.ownSlots = Array.from({ length: options.maxDomains }, (_, d) => slotsOf(d + 1));
    this.globalSlots = slotsOf(0);
  }

  of(k: 0 | 1, words: Int32Array): number {
    const { packing } = this.stepper;
    const nodes = packing.nodes.map((field) => readField(words, 0, field));
    const codes = packing.slots.map((field) => readField(words, 0, field));
    const keyOf = (slots: readonly number[]) => slots.map((slot) => codes[slot]).join();
    const vcpus = this.vcpus.map((_, v) => {
      return this.part(k, `v${v}:${nodes[v]}`, () => [this.vcpu(k, v, words)]);
    });
    const domains = this.ownSlots.map((slots, d) => {
      const key = `d${d}:${nodes[this.vcpus.length + d]}:${keyOf(slots)}`;
      return this.part(k, key, () => [this.domain(k, d, words)]);
    });
    const shared = this.part(k, `g:${keyOf(this.globalSlots)}`, () => this.shared(k, words));
    return codeOf(k, [...vcpus.flat(), ...domains.flat(), ...shared]);
  }

  /** The numbers of a part of the state, which are made once. */
  private part(k: 0 | 1, key: string, make: () => readonly number[]): readonly number[] {
    const known = this.parts[k].get(key) ?? make();
    this.parts[k].set(key, known);
    return known;
  }

  private value(words: Int32Array, variable: string): TlaValue {
    return parseValue(stateTextOf(this.stepper, words).get(variable) ?? "");
  }

  private element(words: Int32Array, variable: string, i: number): TlaValue {
    return elementsOf(this.value(words, variable))[i];
  }

  private vcpu(k: 0 | 1, v: number, words: Int32Array): number {
    const call = elementsOf(this.element(words, "call", v));
    const work = elementsOf(this.element(words, "work", v));
    const answer = elementsOf(this.element(words, "answer", v));
    return codeOf(k, [
      this.number(this.element(words, "pc", v)),
      call.length === 0 ? 0 : this.nested(k, call),
      this.nested(k, work),
      answer.length === 0 ? 0 : this.nested(k, answer),
    ]);
  }

  private domain(k: 0 | 1, d: number, words: Int32Array): number {
    const pc = elementsOf(this.value(words, "pc"));
    const variables = ["life", "isDying", "guestVers", "versTmp", "versLock", "rxLock", "rxFree"];
    return codeOf(k, [
      this.number(pc[this.vcpus.length + d]),
      ...variables.map((variable) => this.number(this.element(words, variable, d))),
    ]);
  }

  /** vmCount, listWriter, and the codes of ctxList and listReaders. */
  private shared(k: 0 | 1, words: Int32Array): readonly number[] {
    const numbersOf = (variable: string) =>
      elementsOf(this.value(words, variable)).map((item) => this.number(item));
    const readers = numbersOf("listReaders");
    const reading = this.vcpus.map(({ number }) => (readers.includes(number) ? 1 : 0));
    return [
      this.number(this.value(words, "vmCount")),
      this.number(this.value(words, "listWriter")),
      codeOf(k, numbersOf("ctxList")),
      codeOf(k, reading),
    ];
  }

  /** A tuple, with tuples in it as numbers. */
  private nested(k: 0 | 1, items: readonly TlaValue[]): number {
    return codeOf(
      k,
      items.map((item) => {
        return item.type === "tuple" ? this.nested(k, item.elements) : this.number(item);
      }),
    );
  }

  private number(value: TlaValue): number {
    if (value.type === "int") return Number(value.value);
    if (value.type === "boolean") return value.value ? 1 : 0;
    return this.names.get(value.type === "string" ? value.value : "") ?? 0;
  }
}

function elementsOf(value: TlaValue): readonly TlaValue[] {
  return value.type === "tuple" || value.type === "set" ? value.elements : [];
}

/** The names in the order of MCDigest.tla, from 1. */
function readNames(): ReadonlyMap<string, number> {
  const text = readFileSync(join(modelDirectory, "MCDigest.tla"), "utf8");
  const list = /^Names ==\s*(<<[^>]*>>)/m.exec(text)?.[1] ?? "<<>>";
  const names = elementsOf(parseValue(list));
  return new Map(names.map((name, i) => [name.type === "string" ? name.value : "", i + 1]));
}
