/**
 * An order-independent digest of all states and all steps: what model/MCDigest.tla lets TLC sum up
 * while it runs, from the states of the implementation under the refinement mapping. How a state
 * and a step are coded is evaluated from the module.
 */
import { compileExpression, type Expression, type State, type Theory } from "tla2tools-runner";
import { StateTable } from "../engine/stateTable.js";
import { Stepper } from "../engine/stepper.js";
import type { Model } from "../mediator/model.js";
import { StateValues } from "../mediator/stateValues.js";
import type { System } from "../mediator/system.js";
import { theoryOf } from "../spec/specData.js";
import { VerifyError } from "../support/verifyError.js";

/** Two sums over the states and two over the steps, each below 46337. */
export type Digest = readonly [number, number, number, number];

export interface DigestResult {
  readonly digest: Digest;
  readonly states: number;
  readonly edges: number;
}

/** Explores a model's system and sums up. `omit` leaves out the step of that number, from 0. */
export function digestOf(model: Pick<Model, "spec">, system: System, omit = -1): DigestResult {
  const theory = theoryOf(model.spec);
  const operators = new Operators(theory);
  const stepper = new Stepper(system);
  const values = new StateValues(system, theory);
  const table = new StateTable(stepper.packing.words, 1 << 16);
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  const add = (register: 0 | 1 | 2 | 3, code: number): void => {
    sums[register] = (sums[register] + operators.mixed(code)) % operators.modulus;
  };
  /** The two codes of each state, by its number. */
  const known: number[] = [];
  let edges = 0;
  const numberOf = (words: Int32Array): number => {
    const index = table.add(words);
    if (!table.added) return index;
    const state = values.stateOf(stepper.viewAt(words, 0));
    for (const k of [0, 1] as const) {
      const code = operators.stateCode(k + 1, state);
      known.push(code);
      add(k, code);
    }
    return index;
  };
  numberOf(stepper.initial);
  for (let from = 0; from < table.size; from++) {
    stepper.forEachStep(table.arena, from * table.words, (_, __, words) => {
      const to = numberOf(words);
      if (edges++ === omit) return;
      for (const k of [0, 1] as const) {
        const code = operators.stepCode(known[2 * from + k], known[2 * to + k]);
        add(k === 0 ? 2 : 3, code);
      }
    });
  }
  return { digest: sums, states: table.size, edges };
}

/** The operators of MCDigest.tla that say how states and steps are coded. */
class Operators {
  readonly modulus: number;
  readonly mixed: (code: number) => number;
  readonly stepCode: (from: number, to: number) => number;
  readonly stateCode: (k: number, state: State) => number;

  constructor(theory: Theory) {
    const operator = (name: string): ((operands: readonly number[], state?: State) => number) => {
      const definition = theory.definitionOf(name);
      if (definition === undefined) throw notTheDigest(name);
      const { parameters, place, level } = definition;
      const names = parameters.map((parameter) => parameter.name);
      const operands = names.map((each): Expression => {
        return { kind: "parameter", name: each, operands: [], place, level: 0 };
      });
      const call: Expression = { kind: "definition", name, operands, place, level };
      const compiled = compileExpression(call, theory, names);
      return (given, state) => Number(compiled(given, state));
    };
    const [mixed, stepCode, stateCode] = ["Mixed", "StepCodeOf", "StateCode"].map(operator);
    this.modulus = operator("P")([]);
    this.mixed = (code) => mixed([code]);
    this.stepCode = (from, to) => stepCode([from, to]);
    this.stateCode = (k, state) => stateCode([k], state);
  }
}

function notTheDigest(name: string): VerifyError {
  return new VerifyError({
    code: "SPEC_UNSUPPORTED",
    what: `a model that is to be summed up does not define ${name}`,
    hint: "its module must extend what model/MCDigest.tla has",
  });
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
