import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Definition,
  evaluate,
  formatExpression,
  specialise,
  Theory,
  type TlaModule,
  ToolError,
  type Value,
} from "../../src/index.js";
import { type Bare, expressionOf, number } from "../support/trees.js";
import { DEFINITIONS, typedTree } from "../support/typedTrees.js";

const place = { module: "Model", line: 1, column: 1, endLine: 1, endColumn: 1 };
const declared = (name: string) => ({ name, arity: 0, place });

function definitionsOf(trees: readonly Bare[]): readonly Definition[] {
  const whole = expressionOf({ kind: "let", definitions: trees, body: number(0) });
  return whole.kind === "let" ? whole.definitions : [];
}

const MODULE: TlaModule = {
  name: "Model",
  sha256: "",
  extends: ["Integers", "Sequences", "FiniteSets"],
  constants: [declared("N"), declared("S")],
  variables: ["x", "f", "s", "r"].map(declared),
  assumptions: [],
  definitions: definitionsOf(DEFINITIONS),
};

const int = (value: number) => ({ type: "int", value }) as const;

const theory = new Theory({
  modules: [MODULE],
  constants: new Map([
    ["N", { value: int(3) }],
    ["S", { value: { type: "set", elements: [int(1), int(2)] } }],
  ]),
});

const { table } = theory;
const small = fc.integer({ min: -1, max: 3 });
const state = fc
  .tuple(small, fc.array(small, { maxLength: 3 }), fc.uniqueArray(small), small)
  .map(([x, f, s, a]): readonly Value[] => [
    x,
    table.tuple(f),
    table.sortedSet(s.toSorted((one, other) => one - other)),
    table.mapping(table.sortedSet(["a"]), [a]),
  ]);

/** The value, or the code of the error. */
function outcome(compute: () => Value): Value | string {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ToolError) return error.code;
    throw error;
  }
}

describe("a specialised expression", () => {
  it("has the value or the error of the expression, whatever the state and the parameters", () => {
    let values = 0;
    let errors = 0;
    let changed = 0;
    const property = fc.property(
      typedTree(3),
      small,
      small,
      fc.array(state, { minLength: 1, maxLength: 3 }),
      (tree, v, w, states) => {
        const expression = expressionOf(tree);
        const all = new Map<string, Value>([
          ["v", v],
          ["w", w],
        ]);
        const some = specialise(expression, { theory, parameters: new Map([["v", v]]) });
        const whole = specialise(expression, { theory, parameters: all });
        if (formatExpression(whole) !== formatExpression(expression)) changed += 1;
        for (const at of states) {
          const plain = outcome(() => evaluate(expression, { theory, parameters: all, state: at }));
          const rest = new Map([["w", w]]);
          expect(outcome(() => evaluate(whole, { theory, state: at }))).toBe(plain);
          expect(outcome(() => evaluate(some, { theory, parameters: rest, state: at }))).toBe(
            plain,
          );
          if (plain === "TLA_EVALUATION") errors += 1;
          else values += 1;
        }
      },
    );
    // The property says something only if both happen often: among the same trees each time, so
    // that it is no matter of chance.
    fc.assert(property, { numRuns: 1500, seed: 1 });
    expect(Math.min(values, errors, changed)).toBeGreaterThan(250);
    fc.assert(property, { numRuns: 1500 });
  });
});
