import type { Cfg } from "../cfg/readCfg.js";
import { partsOf, use } from "../evaluate/action/readSpecification.js";
import { type State, specialise } from "../evaluate/evaluate.js";
import type { OpenModel } from "../evaluate/openModel.js";
import { builtinNode } from "../evaluate/specialise/build.js";
import type { Theory } from "../evaluate/Theory.js";
import type { Expression } from "../module/Expression.js";
import { conjunctsOf, squareOf } from "../module/formulaParts.js";
import { cfgError } from "./cfgError.js";
import { MemoisedTest } from "./MemoisedTest.js";
import type { StateStore } from "./StateStore.js";
import { variablesRead } from "./variablesRead.js";

/** Something that must hold in every state, or of every step, conjunct by conjunct. */
export class Check {
  private readonly conjuncts: readonly MemoisedTest[];
  /** What makes good that a conjunct is false: that the subscript of `[A]_v` is unchanged. */
  private readonly unless: MemoisedTest | undefined;

  /** @param name what the cfg calls it */
  constructor(
    readonly name: string,
    expression: Expression,
    theory: Theory,
  ) {
    const whole = specialise(expression, { theory });
    const { action, subscript } = squareOf(whole) ?? { action: whole, subscript: undefined };
    this.conjuncts = groupsOf(conjunctsOf(action), theory).map(
      (part) => new MemoisedTest(part, theory),
    );
    this.unless =
      subscript && new MemoisedTest(builtinNode("UNCHANGED", [subscript], subscript.place), theory);
  }

  /** @param from, to the numbers of the states in the store; -1 for one that is not there */
  holds(store: StateStore, state: State, from: number, next?: State, to = -1): boolean {
    for (const conjunct of this.conjuncts) {
      if (conjunct.holds(store, state, from, next, to)) continue;
      return this.unless?.holds(store, state, from, next, to) === true;
    }
    return true;
  }
}

/** Neighbours that read the same variables become one conjunction. */
function groupsOf(conjuncts: readonly Expression[], theory: Theory): readonly Expression[] {
  const groups: { readonly reads: string; readonly parts: Expression[] }[] = [];
  for (const part of conjuncts) {
    const reads = JSON.stringify(variablesRead(part, theory) ?? "all");
    const last = groups.at(-1);
    if (last?.reads === reads) last.parts.push(part);
    else groups.push({ reads, parts: [part] });
  }
  return groups.map(({ parts }) =>
    parts.length === 1 ? parts[0] : builtinNode("/\\", parts, parts[0].place),
  );
}

/** What is checked, in the order in which TLC does. */
export interface Checks {
  /** Of initial states only. */
  readonly initial: readonly Check[];
  readonly invariants: readonly Check[];
  readonly steps: readonly Check[];
  /** States and steps for which these do not hold are not followed. */
  readonly constraints: readonly Check[];
  readonly actionConstraints: readonly Check[];
  readonly notChecked: readonly string[];
}

/** @throws ToolError CFG_NAME for a name that cannot be what the cfg says it is */
export function prepareChecks({ theory }: OpenModel, cfg: Cfg): Checks {
  const named = (names: readonly string[], role: string, highest: number): readonly Check[] =>
    names.map((name) => {
      const expression = use(name, theory);
      if (expression.level <= highest) return new Check(name, expression, theory);
      throw cfgError(cfg, name, `${name} is no ${role}`);
    });
  const properties = cfg.properties.map((name) => ({
    name,
    parts: partsOf(use(name, theory), theory),
  }));
  const ofProperties = (kind: "initial" | "always" | "steps"): readonly Check[] =>
    properties.flatMap(({ name, parts }) =>
      parts[kind].map((part) => new Check(name, part, theory)),
    );
  return {
    initial: ofProperties("initial"),
    invariants: [...named(cfg.invariants, "predicate of a state", 1), ...ofProperties("always")],
    steps: ofProperties("steps"),
    constraints: named(cfg.constraints, "predicate of a state", 1),
    actionConstraints: named(cfg.actionConstraints, "predicate of a step", 2),
    notChecked: [
      ...properties
        .filter(({ parts }) => parts.temporal.length > 0)
        .map(({ name }) => `Property ${name}: the part of it that is about whole behaviors.`),
      ...[...cfg.others].map(([keyword, name]) => `${keyword} ${name}: it was not applied.`),
    ],
  };
}
