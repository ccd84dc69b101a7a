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

/**
 * Expressions that mostly have a value, and now and then an error: an index out of a domain, a
 * division by zero, a boolean among integers. What they name:
 *
 *     CONSTANTS N (3), S ({1, 2})            VARIABLES x, f, s, r
 *     Plus(a, b) == a + b                    Unused(a, b) == b
 *     Shadow(a) == \E i1 \in s : i1 = a      Replace(a) == [f EXCEPT ![1] = a][1]
 *     Apply(F(_), a) == F(a) + F(1)          RECURSIVE Sum(_), of the numbers up to n
 *     parameters v, w (integers) of the expression as a whole
 */
export const DEFINITIONS: readonly Bare[] = [
  definition("Plus", ["a", "b"], standard("+", parameter("a"), parameter("b"))),
  definition("Unused", ["a", "b"], parameter("b")),
  definition("Twice", ["a"], standard("+", parameter("a"), parameter("a"))),
  definition(
    "Shadow",
    ["a"],
    quantified(
      "exists",
      [bound("i1", variable("s"))],
      builtin("=", parameter("i1"), parameter("a")),
    ),
  ),
  {
    name: "Apply",
    parameters: [
      { name: "F", arity: 1 },
      { name: "a", arity: 0 },
    ],
    body: standard("+", parameter("F", parameter("a")), parameter("F", number(1))),
    isRecursive: false,
  },
  definition(
    "Replace",
    ["a"],
    builtin(
      "apply",
      {
        kind: "except",
        of: variable("f"),
        updates: [{ path: [number(1)], value: parameter("a") }],
      },
      number(1),
    ),
  ),
  definition(
    "Sum",
    ["n"],
    builtin(
      "if",
      standard("\\leq", parameter("n"), number(0)),
      number(0),
      standard("+", parameter("n"), defined("Sum", standard("-", parameter("n"), number(1)))),
    ),
    true,
  ),
];

interface Names {
  /** Integers that are bound where the expression stands. */
  readonly integers: readonly string[];
  /** Whether `@` is bound, to an integer. */
  readonly hasAt: boolean;
  readonly depth: number;
}

type Tree = fc.Arbitrary<Bare>;

const binary = (make: (a: Bare, b: Bare) => Bare, a: Tree, b: Tree = a): Tree =>
  fc.tuple(a, b).map(([left, right]) => make(left, right));

const few = fc.integer({ min: -1, max: 3 }).map(number);

function integer(names: Names): Tree {
  const leaves: Tree[] = [
    few,
    fc.constantFrom(constant("N"), variable("x")),
    fc.constantFrom(...names.integers).map((name) => parameter(name)),
    ...(names.hasAt ? [fc.constant(at)] : []),
  ];
  if (names.depth === 0) return fc.oneof(...leaves);
  const inner = { ...names, depth: names.depth - 1 };
  const [one, test, set] = [integer(inner), boolean(inner), integers(inner)];
  const name = `i${names.depth}`;
  const within = { ...inner, integers: [...names.integers, name] };
  const plus = (a: Bare, b: Bare) => standard("+", a, b);
  return fc.oneof(
    { weight: 2, arbitrary: fc.oneof(...leaves) },
    binary(plus, one),
    binary((a, b) => standard("\\div", a, b), one),
    binary((a, b) => builtin("apply", a, b), functions(inner), one),
    set.map((of) => standard("Cardinality", of)),
    fc.tuple(test, one, one).map((parts) => builtin("if", ...parts)),
    binary((a, b) => defined("Plus", a, b), one),
    binary((a, b) => defined("Unused", a, b), one),
    one.map((a) => defined("Twice", a)),
    one.map((a) => defined("Replace", a)),
    binary((a, b) => defined("Sum", standard("%", a, b)), one),
    fc.tuple(integer(within), one).map(([body, a]) => defined("Apply", operator([name], body), a)),
    fc
      .tuple(set, boolean(within))
      .map(([of, body]) => quantified("choose", [bound(name, of)], body)),
    fc.tuple(one, integer(within)).map(([value, body]) => {
      const value1 = definition(`l${names.depth}`, [], value);
      const use = plus(defined(`l${names.depth}`), body);
      return { kind: "let", definitions: [value1], body: quantifiedAway(use, name) };
    }),
    fc.tuple(integer(within), one).map(([body, a]) => ({
      kind: "let",
      definitions: [definition(`o${names.depth}`, [name], body)],
      body: plus(defined(`o${names.depth}`, a), defined(`o${names.depth}`, number(1))),
    })),
    fc.tuple(test, one, test, one).map(([g1, v1, g2, v2]) => ({
      kind: "case",
      arms: [
        { guard: g1, value: v1 },
        { guard: g2, value: v2 },
      ],
    })),
    fc.tuple(test, one, one).map(([guard, value, other]) => ({
      kind: "case",
      arms: [
        { guard, value },
        { guard: null, value: other },
      ],
    })),
    functions(inner).map((of) => standard("Len", of)),
    fc.constant(builtin("field", variable("r"), string("a"))),
  );
}

/** Binds a name that a body was made with, to an integer. */
function quantifiedAway(body: Bare, name: string): Bare {
  return builtin("apply", quantified("function", [bound(name, constant("S"))], body), number(1));
}

function boolean(names: Names): Tree {
  const leaves = fc.constantFrom(builtin("TRUE"), builtin("FALSE"));
  if (names.depth === 0) return leaves;
  const inner = { ...names, depth: names.depth - 1 };
  const [one, number1, set] = [boolean(inner), integer(inner), integers(inner)];
  const [name, other] = [`i${names.depth}`, `j${names.depth}`];
  const within = { ...inner, integers: [...names.integers, name, other] };
  const list = (op: "/\\" | "\\/") =>
    fc.array(one, { minLength: 2, maxLength: 3 }).map((parts) => builtin(op, ...parts));
  const quantifier = (kind: string): Tree =>
    fc.oneof(
      fc
        .tuple(set, boolean(within))
        .map(([of, body]) => quantified(kind, [bound(`${name} ${other}`, of)], body)),
      fc
        .tuple(set, set, boolean(within))
        .map(([of, by, body]) => quantified(kind, [bound(name, of), bound(other, by)], body)),
      fc
        .tuple(set, set, boolean(within))
        .map(([of, by, body]) =>
          quantified(kind, [tupleBound(`${name} ${other}`, builtin("\\X", of, by))], body),
        ),
    );
  return fc.oneof(
    leaves,
    list("/\\"),
    list("\\/"),
    binary((a, b) => builtin("=>", a, b), one),
    binary((a, b) => builtin("<=>", a, b), one),
    one.map((a) => builtin("=>", a, a)),
    one.map((a) => builtin("~", a)),
    binary((a, b) => builtin("=", a, b), number1),
    binary((a, b) => builtin("#", a, b), set),
    number1.map((a) => builtin("=", a, a)),
    binary((a, b) => standard("<", a, b), number1),
    binary((a, b) => builtin("\\in", a, b), number1, set),
    binary((a, b) => builtin("\\subseteq", a, b), set),
    number1.map((a) => defined("Shadow", a)),
    quantifier("forall"),
    quantifier("exists"),
    fc.tuple(one, one, one).map((parts) => builtin("if", ...parts)),
    // No boolean, now and then.
    { weight: 1, arbitrary: number1 },
  );
}

function integers(names: Names): Tree {
  const leaves = fc.constantFrom(constant("S"), variable("s"), builtin("set"));
  if (names.depth === 0) return leaves;
  const inner = { ...names, depth: names.depth - 1 };
  const [one, set] = [integer(inner), integers(inner)];
  const name = `i${names.depth}`;
  const within = { ...inner, integers: [...names.integers, name] };
  return fc.oneof(
    leaves,
    fc.array(one, { maxLength: 3 }).map((parts) => builtin("set", ...parts)),
    binary((a, b) => standard("..", a, b), few),
    binary((a, b) => builtin("\\cup", a, b), set),
    binary((a, b) => builtin("\\", a, b), set),
    fc
      .tuple(set, boolean(within))
      .map(([of, body]) => quantified("filter", [bound(name, of)], body)),
    fc.tuple(set, integer(within)).map(([of, body]) => quantified("map", [bound(name, of)], body)),
    functions(inner).map((of) => builtin("DOMAIN", of)),
  );
}

function functions(names: Names): Tree {
  const leaf = fc.constant(variable("f"));
  if (names.depth === 0) return leaf;
  const inner = { ...names, depth: names.depth - 1 };
  const one = integer(inner);
  const name = `i${names.depth}`;
  const within = { ...inner, integers: [...names.integers, name] };
  return fc.oneof(
    leaf,
    fc.array(one, { maxLength: 3 }).map((parts) => builtin("tuple", ...parts)),
    fc
      .tuple(integers(inner), integer(within))
      .map(([of, body]) => quantified("function", [bound(name, of)], body)),
    fc
      .tuple(functions(inner), one, integer({ ...inner, hasAt: true }))
      .map(([of, step, value]) => ({ kind: "except", of, updates: [{ path: [step], value }] })),
  );
}

const top = (depth: number): Names => ({ integers: ["v", "w"], hasAt: false, depth });

/** Of any type. */
export const typedTree = (depth: number): Tree =>
  fc.oneof(integer(top(depth)), boolean(top(depth)), integers(top(depth)), functions(top(depth)));
