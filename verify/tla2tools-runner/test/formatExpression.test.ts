import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatExpression, parseModule } from "../src/index.js";
import { describeTlc } from "./support/realTlc.js";
import { Sandbox } from "./support/sandbox.js";
import { PREAMBLE, temporalTree } from "./support/treeArbitraries.js";
import {
  type Bare,
  bare,
  bound,
  builtin,
  defined,
  expressionOf,
  flattened,
  number,
  operator,
  parameter,
  quantified,
  standard,
  string,
  variable,
} from "./support/trees.js";

const x = variable("x");
const y = variable("y");
const one = number(1);
const exists = quantified("exists", [bound("i", x)], builtin("=", parameter("i"), one));

describe("formatExpression", () => {
  it.each<[string, Bare]>([
    ["versLock[1] = 0", builtin("=", builtin("apply", variable("versLock"), one), number(0))],
    [
      "x[1].a' = y'",
      builtin(
        "=",
        builtin("'", builtin("field", builtin("apply", x, one), string("a"))),
        builtin("'", y),
      ),
    ],
    ["f[1, x]", builtin("apply", variable("f"), builtin("tuple", one, x))],
    ["x + 1 + 1", standard("+", standard("+", x, one), one)],
    ["x + (1 + 1)", standard("+", x, standard("+", one, one))],
    ["x - -1", standard("-", x, standard("-.", one))],
    ["-(-1)", standard("-.", standard("-.", one))],
    ["(x => y) => x", builtin("=>", builtin("=>", x, y), x)],
    ["x /\\ (y \\/ x) => y", builtin("=>", builtin("/\\", x, builtin("\\/", y, x)), y)],
    ["~(x = y)", builtin("~", builtin("=", x, y))],
    ["[]<>~x", builtin("[]", builtin("<>", builtin("~", x)))],
    ["<>(x')", builtin("<>", builtin("'", x))],
    ["x \\X y \\X x", builtin("\\X", x, y, x)],
    ["(x \\X y) \\X x", builtin("\\X", builtin("\\X", x, y), x)],
    ["x[(x \\in y)]", builtin("apply", x, builtin("\\in", x, y))],
    ["x[(x \\in y), 1]", builtin("apply", x, builtin("tuple", builtin("\\in", x, y), one))],
    ["x /\\ (\\E i \\in x : i = 1)", builtin("/\\", x, exists)],
    ["\\E i, j \\in x : \\E i \\in x : i = 1", quantified("exists", [bound("i j", x)], exists)],
    ["{(x \\in y) : i \\in x}", quantified("map", [bound("i", x)], builtin("\\in", x, y))],
    ["F(LAMBDA i : i, 1)", defined("F", operator(["i"], parameter("i")), one)],
    [
      "F( + , G)",
      defined(
        "F",
        operator(["_1", "_2"], standard("+", parameter("_1"), parameter("_2"))),
        operator(["_1"], defined("G", parameter("_1"))),
      ),
    ],
    ['"a\\"\\n"', string('a"\n')],
    ["x /\\ y", builtin("/\\", builtin("\\/", builtin("/\\", x, y)))],
  ])("prints %s", (text, tree) => {
    expect(formatExpression(expressionOf(tree))).toBe(text);
  });
});

describeTlc("formatExpression: what SANY reads back", (tools) => {
  it("is the same tree, for every operator and nesting", async () => {
    const property = fc.asyncProperty(
      fc.array(temporalTree, { minLength: 150, maxLength: 150 }),
      async (trees) => {
        const box = new Sandbox();
        const texts = trees.map((tree) => formatExpression(expressionOf(tree)));
        const lines = texts.map((text, index) => `E${index} == ${text}`);
        const spec = box.model("Model", PREAMBLE + lines.join("\n"));
        const { modules } = await parseModule({ spec, tools, env: box.environment() });
        const read = modules[0]?.definitions.filter(({ name }) => /^E\d/.test(name)) ?? [];
        const pairs = read.map(({ body }, index) => [texts[index], flattened(bare(body))]);
        expect(pairs).toEqual(texts.map((text, index) => [text, flattened(trees[index] ?? {})]));
      },
    );
    // To shrink is to start Java hundreds of times; the texts in the message say enough.
    await fc.assert(property, { numRuns: 3, endOnFailure: true });
  });
});
