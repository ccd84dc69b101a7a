import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { type Expression, type ParsedSpec, parseModule, type TlaModule } from "../src/index.js";
import { describeTlc } from "./support/realTlc.js";
import { Sandbox } from "./support/sandbox.js";
import {
  at,
  type Bare,
  bare,
  bound,
  builtin,
  constant,
  defined,
  definition,
  number,
  operator,
  parameter,
  quantified,
  standard,
  string,
  tupleBound,
  variable,
} from "./support/trees.js";

const one = number(1);
const two = number(2);
const set1 = builtin("set", one);
const x = variable("x");
const y = variable("y");
const i = parameter("i");
const j = parameter("j");
const xNext = builtin("'", x);
const step = builtin("=", xNext, one);

/** Each is the text of an expression and the tree that it must become. */
const EXPRESSIONS: readonly (readonly [string, Bare])[] = [
  ["2147483648", number(2147483648)],
  ["\\hff", number(255)],
  ["9007199254740991", number(9007199254740991)],
  ['"a\\"b\\\\c\\td\\n <&> é"', string('a"b\\c\td\n <&> é')],
  ["N", constant("N")],
  ["Op(1, 2)", constant("Op", one, two)],
  ["x", x],
  ["TRUE", builtin("TRUE")],
  ["FALSE", builtin("FALSE")],
  ["BOOLEAN", builtin("BOOLEAN")],
  ["STRING", builtin("STRING")],
  ["x = 1", builtin("=", x, one)],
  ["x # 1", builtin("#", x, one)],
  ["x /= 1", builtin("#", x, one)],
  ["~x", builtin("~", x)],
  ["x /\\ y", builtin("/\\", x, y)],
  ["x \\/ y", builtin("\\/", x, y)],
  ["/\\ x\n  /\\ y\n  /\\ x", builtin("/\\", x, y, x)],
  ["\\/ x\n  \\/ y\n  \\/ x", builtin("\\/", x, y, x)],
  ["x => y", builtin("=>", x, y)],
  ["x <=> y", builtin("<=>", x, y)],
  ["x \\equiv y", builtin("<=>", x, y)],
  ["x \\in {1}", builtin("\\in", x, set1)],
  ["x \\notin {1}", builtin("\\notin", x, set1)],
  ["x \\subseteq y", builtin("\\subseteq", x, y)],
  ["x \\cup y", builtin("\\cup", x, y)],
  ["x \\cap y", builtin("\\cap", x, y)],
  ["x \\ y", builtin("\\", x, y)],
  ["SUBSET x", builtin("SUBSET", x)],
  ["UNION x", builtin("UNION", x)],
  ["DOMAIN x", builtin("DOMAIN", x)],
  ["x \\X y \\times x", builtin("\\X", x, y, x)],
  ["IF x THEN 1 ELSE 2", builtin("if", x, one, two)],
  ["<<>>", builtin("tuple")],
  ["<<1, x>>", builtin("tuple", one, x)],
  ["{}", builtin("set")],
  ["[a |-> 1, b |-> x]", builtin("record", string("a"), one, string("b"), x)],
  ["[a : {1}, b : x]", builtin("recordSet", string("a"), set1, string("b"), x)],
  ["[x -> y]", builtin("functionSet", x, y)],
  ["x[1]", builtin("apply", x, one)],
  ["x[1, 2]", builtin("apply", x, builtin("tuple", one, two))],
  ["x.a", builtin("field", x, string("a"))],
  ["x' = 1", step],
  ["UNCHANGED <<x, y>>", builtin("UNCHANGED", builtin("tuple", x, y))],
  ["ENABLED (x' = 1)", builtin("ENABLED", step)],
  ["(x' = 1) \\cdot (x' = 1)", builtin("\\cdot", step, step)],
  ["[x' = 1]_x", builtin("squareAction", step, x)],
  ["<<x' = 1>>_<<x, y>>", builtin("angleAction", step, builtin("tuple", x, y))],
  ["[][x' = 1]_x", builtin("[]", builtin("squareAction", step, x))],
  ["<>(x = 1)", builtin("<>", builtin("=", x, one))],
  ["x ~> y", builtin("~>", x, y)],
  ["x -+-> y", builtin("-+->", x, y)],
  ["WF_x(x' = 1)", builtin("WF", x, step)],
  ["SF_vars(x' = 1)", builtin("SF", defined("vars"), step)],
  ["\\A i, j \\in {1} : i = j", quantified("forall", [bound("i j", set1)], builtin("=", i, j))],
  [
    "\\E i \\in {1}, <<j, k>> \\in x : i = j",
    quantified("exists", [bound("i", set1), tupleBound("j k", x)], builtin("=", i, j)),
  ],
  ["CHOOSE i \\in x : i = 1", quantified("choose", [bound("i", x)], builtin("=", i, one))],
  [
    "CHOOSE <<i, j>> \\in x : i = j",
    quantified("choose", [tupleBound("i j", x)], builtin("=", i, j)),
  ],
  ["{i \\in x : i = 1}", quantified("filter", [bound("i", x)], builtin("=", i, one))],
  ["{<<i, j>> \\in x : i = j}", quantified("filter", [tupleBound("i j", x)], builtin("=", i, j))],
  ["{<<i, j>> : i, j \\in x}", quantified("map", [bound("i j", x)], builtin("tuple", i, j))],
  ["[i \\in x, j \\in y |-> i]", quantified("function", [bound("i", x), bound("j", y)], i)],
  ["[<<i, j>> \\in x |-> i]", quantified("function", [tupleBound("i j", x)], i)],
  [
    "LET a == 1 b(i) == i IN b(a)",
    {
      kind: "let",
      definitions: [definition("a", [], one), definition("b", ["i"], i)],
      body: defined("b", defined("a")),
    },
  ],
  [
    "CASE x -> 1 [] y -> 2",
    {
      kind: "case",
      arms: [
        { guard: x, value: one },
        { guard: y, value: two },
      ],
    },
  ],
  [
    'CASE x -> 1 [] OTHER -> "$Other"',
    {
      kind: "case",
      arms: [
        { guard: x, value: one },
        { guard: null, value: string("$Other") },
      ],
    },
  ],
  [
    "[x EXCEPT !.a[1].b = @, ![1, 2] = [y EXCEPT ![1] = @]]",
    {
      kind: "except",
      of: x,
      updates: [
        { path: [string("a"), one, string("b")], value: at },
        {
          path: [builtin("tuple", one, two)],
          value: { kind: "except", of: y, updates: [{ path: [one], value: at }] },
        },
      ],
    },
  ],
  ["Apply(LAMBDA i, j : i = j)", defined("Apply", operator(["i", "j"], builtin("=", i, j)))],
  [
    "Apply(Plus)",
    defined("Apply", operator(["_1", "_2"], defined("Plus", parameter("_1"), parameter("_2")))),
  ],
  [
    "Apply( + )",
    defined("Apply", operator(["_1", "_2"], standard("+", parameter("_1"), parameter("_2")))),
  ],
  [
    "Apply(\\cup)",
    defined("Apply", operator(["_1", "_2"], builtin("\\cup", parameter("_1"), parameter("_2")))),
  ],
  [
    "Apply(Op)",
    defined("Apply", operator(["_1", "_2"], constant("Op", parameter("_1"), parameter("_2")))),
  ],
  ["-1 + 2", standard("+", standard("-.", one), two)],
  ["1 =< 2", standard("\\leq", one, two)],
  ["x \\circ y", standard("\\o", x, y)],
  ["Len(x)", standard("Len", x)],
  ["Cardinality(x)", standard("Cardinality", x)],
  ["1 :> 2", standard(":>", one, two)],
  ["1 ++ 2", defined("++", one, two)],
];

const PREAMBLE = `EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS N, Op(_, _)
VARIABLES x, y
vars == <<x, y>>
a ++ b == a
Plus(a, b) == a
Apply(O(_, _)) == O(1, 2)
ApplyOther(O(_, _), a) == Apply(O)
ASSUME Positive == N = 1
ASSUME N = 2
RECURSIVE Down(_)
Down(n) == IF n = 0 THEN 0 ELSE Down(n - 1)
f[i \\in x] == i
g[i \\in x] == g[i]
LOCAL Hidden == 1
`;

const definitionOf = (module: TlaModule | undefined, name: string) => {
  const found = module?.definitions.find((other) => other.name === name);
  if (found === undefined) throw new Error(`no definition of ${name}`);
  return found;
};

describeTlc("parseModule: trees", (tools) => {
  const box = new Sandbox();
  const body = EXPRESSIONS.map(([text], index) => `E${index} ==\n  ${text}`).join("\n");
  const spec = box.model("Model", PREAMBLE + body);
  let parsed: ParsedSpec;
  let module: TlaModule | undefined;

  beforeAll(async () => {
    parsed = await parseModule({ spec, tools, env: box.environment() });
    module = parsed.modules[0];
  });

  it("reads the module alone, and names the standard modules", () => {
    expect(parsed.root).toBe("Model");
    expect(parsed.modules.map(({ name }) => name)).toEqual(["Model"]);
    expect(module?.extends).toEqual(["Naturals", "Integers", "Sequences", "FiniteSets", "TLC"]);
    expect(module?.sha256).toBe(createHash("sha256").update(readFileSync(spec)).digest("hex"));
    expect(box.leftovers()).toEqual([]);
  });

  it.each(EXPRESSIONS.map(([text, tree], index) => ({ text, tree, index })))(
    "reads $text",
    ({ tree, index }) => {
      expect(bare(definitionOf(module, `E${index}`).body)).toEqual(tree);
    },
  );

  it("reads declarations", () => {
    const place = (column: number, endColumn: number, line: number) => ({
      module: "Model",
      line,
      column,
      endLine: line,
      endColumn,
    });
    expect(module?.constants).toEqual([
      { name: "N", arity: 0, place: place(11, 11, 3) },
      { name: "Op", arity: 2, place: place(14, 21, 3) },
    ]);
    expect(module?.variables).toEqual([
      { name: "x", arity: 0, place: place(11, 11, 4) },
      { name: "y", arity: 0, place: place(14, 14, 4) },
    ]);
  });

  it("reads assumptions, with and without a name", () => {
    const read = module?.assumptions.map(({ name, body: of }) => [name, bare(of)]);
    expect(read).toEqual([
      ["Positive", builtin("=", constant("N"), one)],
      [undefined, builtin("=", constant("N"), two)],
    ]);
  });

  it("reads definitions in the order of the text, with their parameters", () => {
    const names = module?.definitions.map(({ name }) => name);
    const expressions = EXPRESSIONS.map((_, index) => `E${index}`);
    const first = ["vars", "++", "Plus", "Apply", "ApplyOther", "Down", "f", "g", "Hidden"];
    expect(names).toEqual([...first, ...expressions]);
    expect(definitionOf(module, "ApplyOther").parameters).toEqual([
      { name: "O", arity: 2 },
      { name: "a", arity: 0 },
    ]);
    expect(bare(definitionOf(module, "ApplyOther").body)).toEqual(
      defined("Apply", operator(["_1", "_2"], parameter("O", parameter("_1"), parameter("_2")))),
    );
  });

  it("says what is recursive: operators, and functions that apply themselves", () => {
    const recursive = module?.definitions.filter(({ isRecursive }) => isRecursive);
    expect(recursive?.map(({ name }) => name)).toEqual(["Down", "g"]);
    const applied = builtin("apply", defined("g"), i);
    expect(bare(definitionOf(module, "g").body)).toEqual(
      quantified("function", [bound("i", x)], applied),
    );
    expect(bare(definitionOf(module, "f").body)).toEqual(
      quantified("function", [bound("i", x)], i),
    );
  });

  it("has SANY's levels", () => {
    const levels = ["N", "x", "x' = 1", "WF_x(x' = 1)", "ENABLED (x' = 1)"].map((text) => {
      const { level, body: of } = definitionOf(module, `E${indexOf(text)}`);
      return [level, of.level];
    });
    expect(levels).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [1, 1],
    ]);
  });

  it("has exact places", () => {
    const { place, body: of } = definitionOf(module, `E${indexOf("CHOOSE i \\in x : i = 1")}`);
    const { line } = place;
    expect(place).toEqual({ module: "Model", line, column: 1, endLine: line + 1, endColumn: 24 });
    if (of.kind !== "choose" || of.body.kind !== "builtin") throw new Error("no CHOOSE");
    const columns = ({ place: at }: Expression) => [at.line - line, at.column, at.endColumn];
    const [left, right] = of.body.operands;
    expect(
      [of, of.bounds[0]?.set, of.body, left, right].map((part) => part && columns(part)),
    ).toEqual([
      [1, 3, 24],
      [1, 16, 16],
      [1, 20, 24],
      [1, 20, 20],
      [1, 24, 24],
    ]);
  });
});

function indexOf(text: string): number {
  return EXPRESSIONS.findIndex(([other]) => other === text);
}
