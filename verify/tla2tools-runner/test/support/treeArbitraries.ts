import fc from "fast-check";
import {
  at,
  type Bare,
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
} from "./trees.js";

/** Every infix operator that is neither part of the language nor of a standard module. */
const OWN_INFIX =
  "\\subset \\supset \\supseteq \\prec \\succ \\preceq \\succeq \\sqsubset \\sqsupset " +
  "\\sqsubseteq \\sqsupseteq \\sim \\simeq \\approx \\cong \\asymp \\doteq \\propto ::= := " +
  "|- |= -| =| ... !! ## $ $$ ?? \\wr \\oplus ++ %% | || \\ominus -- & && \\odot \\otimes ** " +
  "\\bigcirc \\bullet \\star \\oslash / // ^^";
const ownInfix = OWN_INFIX.split(" ");

/** Names of which a LET can define one at each depth. */
const LET_INFIX = ["\\uplus", "\\sqcup", "\\sqcap"];

/** What the names in the trees mean. */
export const PREAMBLE = `EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS N, Op(_, _)
VARIABLES x, y
${ownInfix.map((name) => `a ${name} b == a`).join("\n")}
a ^+ == a
vars == <<x, y>>
Twice(a) == a
Pick(O(_, _), a) == O(a, a)
`;

type Tree = fc.Arbitrary<Bare>;

const any = (...trees: Tree[]): Tree => fc.oneof(...trees);
const leaf = (...trees: Bare[]): Tree => fc.constantFrom(...trees);

function unary(names: readonly Parameters<typeof builtin>[0][], of: Tree): Tree {
  return fc.tuple(fc.constantFrom(...names), of).map(([name, a]) => builtin(name, a));
}

function binary(names: readonly Parameters<typeof builtin>[0][], of: Tree): Tree {
  return fc.tuple(fc.constantFrom(...names), of, of).map(([name, a, b]) => builtin(name, a, b));
}

/** Names that are bound at one depth only, since an inner one must not hide an outer one. */
const namesAt = (depth: number): [string, string] => [`i${depth}`, `j${depth}`];

/**
 * Constant and state expressions, with a bound on their depth.
 *
 * @param scope The bound names that can be used.
 */
function stateTree(depth: number, scope: readonly string[], hasAt = false): Tree {
  const atoms = leaf(
    number(0),
    number(42),
    string("a"),
    string('"\\\n'),
    constant("N"),
    variable("x"),
    variable("y"),
    defined("vars"),
    standard("Nat"),
    builtin("TRUE"),
    builtin("BOOLEAN"),
    builtin("STRING"),
    builtin("tuple"),
    builtin("set"),
    ...scope.map((name) => parameter(name)),
    ...(hasAt ? [at] : []),
  );
  if (depth === 0) return atoms;
  const inner = stateTree(depth - 1, scope, hasAt);
  return any(
    atoms,
    unary(["~", "SUBSET", "UNION", "DOMAIN"], inner),
    binary(["=", "#", "/\\", "\\/", "=>", "<=>", "\\in", "\\notin", "\\subseteq"], inner),
    binary(["\\cup", "\\cap", "\\", "\\X", "functionSet", "apply", "tuple", "set"], inner),
    fc
      .array(inner, { minLength: 1, maxLength: 4 })
      .chain((operands) =>
        leaf(
          builtin("/\\", ...operands),
          builtin("\\/", ...operands),
          builtin("tuple", ...operands),
        ),
      ),
    fc.array(inner, { minLength: 2, maxLength: 3 }).map((of) => builtin("\\X", ...of)),
    fc.tuple(inner, inner, inner).map((operands) => builtin("if", ...operands)),
    fc
      .tuple(inner, inner)
      .chain(([a, b]) =>
        leaf(
          builtin("record", string("a"), a, string("b"), b),
          builtin("recordSet", string("a"), a, string("b"), b),
          builtin("field", a, string("name")),
        ),
      ),
    inner.map((a) => builtin("ENABLED", builtin("=", builtin("'", variable("x")), a))),
    called(inner),
    binding(depth, scope, hasAt),
    lets(depth, scope, hasAt),
    cases(inner),
    excepts(depth, scope, inner),
  );
}

function called(inner: Tree): Tree {
  const infix = fc.constantFrom(
    "+",
    "-",
    "*",
    "..",
    "\\leq",
    "<",
    "\\o",
    "@@",
    ":>",
    "%",
    "\\div",
    "^",
  );
  return any(
    fc.tuple(infix, inner, inner).map(([name, a, b]) => standard(name, a, b)),
    fc.tuple(fc.constantFrom(...ownInfix), inner, inner).map(([name, a, b]) => defined(name, a, b)),
    inner.map((a) => standard("-.", a)),
    inner.map((a) => defined("^+", a)),
    inner.map((a) => defined("Twice", a)),
    inner.map((a) => standard("Len", a)),
    leaf(constant("Op", number(1), constant("N"))),
    any(
      leaf(
        operator(["_1", "_2"], standard("+", parameter("_1"), parameter("_2"))),
        operator(["_1", "_2"], builtin("\\cup", parameter("_1"), parameter("_2"))),
        operator(["_1", "_2"], constant("Op", parameter("_1"), parameter("_2"))),
        operator(["a1", "a2"], builtin("=>", parameter("a1"), parameter("a2"))),
      ),
    ).chain((passed) => inner.map((a) => defined("Pick", passed, a))),
  );
}

function binding(depth: number, scope: readonly string[], hasAt: boolean): Tree {
  const [i, j] = namesAt(depth);
  const outer = stateTree(depth - 1, scope, hasAt);
  const within = stateTree(depth - 1, [...scope, i, j], hasAt);
  const within1 = stateTree(depth - 1, [...scope, i], hasAt);
  const pair: fc.Arbitrary<Bare[]> = fc.oneof(
    outer.map((set) => [bound(`${i} ${j}`, set)]),
    outer.map((set) => [tupleBound(`${i} ${j}`, set)]),
    fc.tuple(outer, outer).map(([a, b]) => [bound(i, a), bound(j, b)]),
  );
  return any(
    fc
      .tuple(fc.constantFrom("forall", "exists", "map", "function"), pair, within)
      .map(([kind, bounds, body]) => quantified(kind, bounds, body)),
    fc
      .tuple(fc.constantFrom("filter", "choose"), outer, within1)
      .map(([kind, set, body]) => quantified(kind, [bound(i, set)], body)),
    fc
      .tuple(fc.constantFrom("filter", "choose"), outer, within)
      .map(([kind, set, body]) => quantified(kind, [tupleBound(`${i} ${j}`, set)], body)),
  );
}

function lets(depth: number, scope: readonly string[], hasAt: boolean): Tree {
  const [i, j] = namesAt(depth);
  const [f, g] = [`F${depth}`, `G${depth}`];
  const infix = LET_INFIX[depth % LET_INFIX.length] ?? "";
  const outer = stateTree(depth - 1, scope, hasAt);
  const within = stateTree(depth - 1, [...scope, i], hasAt);
  return fc.tuple(within, outer, outer).map(([body, other, last]) => ({
    kind: "let",
    definitions: [
      definition(f, [i], body),
      definition(g, [], other),
      definition(infix, [j, `${j}b`], defined(g)),
      definition(`R${depth}`, [`${j}c`], defined(`R${depth}`, parameter(`${j}c`)), true),
    ],
    body: builtin("=>", defined(f, last), defined(infix, defined(g), last)),
  }));
}

function cases(inner: Tree): Tree {
  return fc
    .tuple(fc.array(fc.tuple(inner, inner), { minLength: 1, maxLength: 3 }), inner)
    .chain(([pairs, last]) => {
      const arms = pairs.map(([guard, value]) => ({ guard, value }));
      const other = { guard: null, value: last };
      return leaf({ kind: "case", arms }, { kind: "case", arms: [...arms, other] });
    });
}

function excepts(depth: number, scope: readonly string[], inner: Tree): Tree {
  const step = any(inner, leaf(string("name"), string("no name")));
  const update = fc.record({
    path: fc.array(step, { minLength: 1, maxLength: 3 }),
    value: stateTree(depth - 1, scope, true),
  });
  return fc
    .tuple(inner, fc.array(update, { minLength: 1, maxLength: 2 }))
    .map(([of, updates]) => ({ kind: "except", of, updates }));
}

const state = stateTree(3, []);
const small = stateTree(1, []);

const actionTree: Tree = fc.letrec<{ action: Bare }>((tie) => {
  const action = tie("action");
  return {
    action: fc.oneof(
      { maxDepth: 2, depthSize: "small" },
      fc.tuple(small, small).map(([a, b]) => builtin("=", builtin("'", a), b)),
      small.map((a) => builtin("UNCHANGED", a)),
      fc.tuple(action, small).map(([a, v]) => builtin("squareAction", a, v)),
      fc.tuple(action, small).map(([a, v]) => builtin("angleAction", a, v)),
      binary(["\\cdot", "/\\", "=>"], action),
      fc.tuple(small, action, action).map((operands) => builtin("if", ...operands)),
    ),
  };
}).action;

/** Expressions of every level. */
export const temporalTree: Tree = fc.oneof(
  { weight: 6, arbitrary: state },
  { weight: 3, arbitrary: actionTree },
  fc
    .tuple(fc.constantFrom("WF" as const, "SF" as const), small, actionTree)
    .map(([name, v, a]) => builtin(name, v, a)),
  fc.tuple(actionTree, small).map(([a, v]) => builtin("[]", builtin("squareAction", a, v))),
  unary(["<>", "[]"], small),
  binary(["~>", "-+->"], small),
);
