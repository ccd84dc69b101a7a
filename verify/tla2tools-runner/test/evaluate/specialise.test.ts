import { beforeAll, describe, expect, it } from "vitest";
import {
  constantOf,
  type Expression,
  formatExpression,
  openModel,
  readsOf,
  specialise,
  Theory,
  type Value,
} from "../../src/index.js";
import { definitionNamed, parseText } from "../support/evaluating.js";
import { describeTlc } from "../support/realTlc.js";

const PREAMBLE = `EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS N, Hard, Procs
VARIABLES x, pc, lock, work
DomainOf(v) == ((v - 1) \\div N) + 1
At(v, label) == pc[v] = label
Locks == {v \\in Procs : lock[v] = 0}
Bound(a) == \\E i \\in Locks : i = a
Large(a) == a + a * (a - x) + lock[x + a]
Square(a) == a * a
Twice(F(_), a) == F(F(a))
RECURSIVE Sum(_)
Sum(n) == IF n = 0 THEN 0 ELSE n + Sum(n - 1)
Lazy == [i \\in 1..2 |-> 1 \\div (i - 1)]`;

/** Expressions of a vCPU v, which is 1; and what they become with N = 2, Hard = TRUE. */
const CASES: readonly (readonly [text: string, specialised: string])[] = [
  // Names
  ["lock[DomainOf(v)] = 0", "lock[1] = 0"],
  ['At(v, "idle")', 'pc[1] = "idle"'],
  ["N + v", "3"],
  ["Sum(4)", "10"],
  ["Sum(x)", "Sum(x)"],
  ["Twice(LAMBDA a : a + N, x)", "x + 2 + 2"],
  ["SelectSeq(work[v], LAMBDA a : a # N)", "SelectSeq(work[1], LAMBDA a : a # 2)"],
  // What is constant
  ["{w \\in Procs : w > v}", "{2}"],
  ["Cardinality(Procs) * 2", "4"],
  ['[a |-> N, b |-> "t"]', '[a |-> 2, b |-> "t"]'],
  ["[w \\in Procs |-> w + 1]", "<<2, 3>>"],
  ["x \\in Nat", "x \\in Nat"],
  ["x \\in 1..N", "x \\in {1, 2}"],
  ["pc \\in [Procs -> STRING]", "pc \\in [{1, 2} -> STRING]"],
  ["x \\in SUBSET Procs", "x \\in SUBSET {1, 2}"],
  ["1..1000000", "1 .. 1000000"],
  ["1 \\div (v - 1)", "1 \\div 0"],
  ["PrintT(N)", "PrintT(2)"],
  ["Assert(Hard, N)", "TRUE"],
  // Conjunctions and disjunctions, from left to right
  ["Hard /\\ x = 1", "x = 1"],
  ["~Hard /\\ x = 1", "FALSE"],
  ["x = 1 /\\ ~Hard /\\ x = 2", "x = 1 /\\ FALSE"],
  ["x = 1 /\\ Hard", "x = 1"],
  ["x = 1 /\\ x = v", "x = 1"],
  ["/\\ x = v\n  /\\ x = 1\n  /\\ x = N", "x = 1 /\\ x = 2"],
  ["Hard \\/ x = 1", "TRUE"],
  ["~Hard \\/ x = 1", "x = 1"],
  ["\\/ x = 1\n  \\/ Hard\n  \\/ x = 2", "x = 1 \\/ TRUE"],
  ["Hard => x = 1", "x = 1"],
  ["~Hard => x = 1", "TRUE"],
  ["x = 1 => Hard", "x = 1 => TRUE"],
  ["lock[v] = 0 => lock[1] = 0", "lock[1] = 0 => lock[1] = 0"],
  ["Hard <=> x = 1", "x = 1"],
  ["x = 1 <=> ~Hard", "~(x = 1)"],
  // A value that may be no boolean is still tested.
  ["{Hard /\\ lock[v]}", "{lock[1]}"],
  ["{Hard => work[v]}", "{TRUE => work[1]}"],
  // Equations
  ["x = x", "TRUE"],
  ["<<x, v>> # <<x, 1>>", "FALSE"],
  ["lock[v] = lock[1]", "lock[1] = lock[1]"],
  // Choices
  ["IF Hard THEN x ELSE 1 \\div 0", "x"],
  ["IF x = 1 THEN N ELSE v", "IF x = 1 THEN 2 ELSE 1"],
  ["CASE ~Hard -> 1 [] x = 1 -> N [] Hard -> x [] OTHER -> 5", "CASE x = 1 -> 2 [] OTHER -> x"],
  ["CASE ~Hard -> 1 [] Hard -> x [] OTHER -> 5", "x"],
  ["CASE ~Hard -> 1 [] x = 1 -> 2", "CASE x = 1 -> 2"],
  // Quantifiers over constant sets
  ["\\A w \\in Procs : lock[w] = 0", "lock[1] = 0 /\\ lock[2] = 0"],
  ["\\E w \\in Procs : w # v /\\ lock[w] = v", "lock[2] = 1"],
  ["\\A w \\in {} : lock[w] = 0", "TRUE"],
  ["\\A w, u \\in Procs : w < u => lock[w] # lock[u]", "lock[1] # lock[2]"],
  ["\\E <<a, b>> \\in {<<1, 2>>} : lock[a] = b", "lock[1] = 2"],
  ["{lock[w] : w \\in Procs}", "{lock[1], lock[2]}"],
  ["\\A w \\in Locks : w > N", "\\A w \\in {v \\in {1, 2} : lock[v] = 0} : w > 2"],
  ["\\A w \\in 1..30000 : w # x", "\\A w \\in 1 .. 30000 : w # x"],
  // Functions
  ["[w \\in Procs |-> lock[w]]", "[w \\in {1, 2} |-> lock[w]]"],
  ["[w \\in Procs |-> lock[w]][v]", "lock[1]"],
  ["[w \\in Procs |-> lock[w]][3]", "[w \\in {1, 2} |-> lock[w]][3]"],
  ["[i \\in 1..2 |-> 1 \\div (i - 1)][x]", "[i \\in {1, 2} |-> 1 \\div (i - 1)][x]"],
  ["[lock EXCEPT ![DomainOf(v)] = @ + N]", "[lock EXCEPT ![1] = @ + 2]"],
  ["[work EXCEPT ![v][2] = N]", "[work EXCEPT ![1][2] = 2]"],
  // LET
  ["LET a == lock[v] IN a + a", "lock[1] + lock[1]"],
  ["LET a == N + v IN a * x", "3 * x"],
  ["LET a == Large(v) IN a * 2", "(1 + 1 * (1 - x) + lock[x + 1]) * 2"],
  ["LET a == Large(v) IN a * a", "LET a == 1 + 1 * (1 - x) + lock[x + 1] IN a * a"],
  ["Square(Large(v))", "LET a == 1 + 1 * (1 - x) + lock[x + 1] IN a * a"],
  ["LET F(a) == a + N IN F(x) + F(v)", "x + 2 + 3"],
  // A name that would be caught is changed.
  [
    "\\E i \\in Locks : Bound(i)",
    "\\E i \\in {v \\in {1, 2} : lock[v] = 0} : \\E i_2 \\in {v \\in {1, 2} : lock[v] = 0} : i_2 = i",
  ],
  // Primes
  ["lock'[DomainOf(v)] = N", "lock'[1] = 2"],
  ["At(v, N)'", "(pc[1] = 2)'"],
  ["N' = x", "2 = x"],
  ["UNCHANGED <<lock, x>>", "UNCHANGED <<lock, x>>"],
  ["[Hard /\\ x' = v]_x", "[x' = 1]_x"],
];

describeTlc("specialise", (tools) => {
  let theory: Theory;
  beforeAll(async () => {
    const definitions = CASES.map(([text], index) => `E${index}(v) == ${text}`);
    theory = new Theory({
      ...(await parseText(tools, [PREAMBLE, ...definitions].join("\n"))),
      constants: new Map([
        ["N", { value: { type: "int", value: 2 } }],
        ["Hard", { value: { type: "boolean", value: true } }],
        ["Procs", { value: { type: "interval", low: 1, high: 2 } }],
      ]),
    });
  });

  const specialised = (index: number): Expression =>
    specialise(definitionNamed(theory, `E${index}`).body, {
      theory,
      parameters: new Map<string, Value>([["v", 1]]),
    });

  it.each(CASES.map(([text, result], index) => ({ text, result, index })))(
    "$text",
    ({ result, index }) => {
      expect(formatExpression(specialised(index))).toBe(result);
    },
  );

  it("keeps the place of what stays, and gives it its own level", () => {
    const index = CASES.findIndex(([text]) => text === "lock[DomainOf(v)] = 0");
    const equation = specialised(index);
    const definition = definitionNamed(theory, `E${index}`);
    expect(equation.place).toEqual(definition.body.place);
    expect(equation.level).toBe(1);
    const primed = specialised(CASES.findIndex(([text]) => text === "N' = x"));
    expect(primed.level).toBe(1);
  });

  it("says which expressions are values", () => {
    const index = CASES.findIndex(([text]) => text === "N + v");
    expect(constantOf(specialised(index))).toBe(3);
    expect(constantOf(specialised(0))).toBeUndefined();
  });

  describe("readsOf", () => {
    it.each([
      ["lock[DomainOf(v)] = 0", ["lock[1]"]],
      ["\\A w, u \\in Procs : w < u => lock[w] # lock[u]", ["lock[1]", "lock[2]"]],
      ["[w \\in Procs |-> lock[w]]", ["lock"]],
      ["lock'[DomainOf(v)] = N", ["lock'[1]"]],
      ["At(v, N)'", ["pc[1]'"]],
      ["UNCHANGED <<lock, x>>", ["lock", "x"]],
      ["LET a == Large(v) IN a * a", ["x", "lock[x + 1]"]],
      ["[work EXCEPT ![v][2] = N]", ["work"]],
    ])("of %s", (text, reads) => {
      const index = CASES.findIndex(([each]) => each === text);
      expect(readsOf(specialised(index)).map(formatExpression)).toEqual(reads);
    });
  });

  it("is what the actions of a model are, one for each way that TLC tells apart", async () => {
    const { modules } = await parseText(
      tools,
      `${PREAMBLE}
Step(v) == /\\ At(v, "idle")
           /\\ lock' = [lock EXCEPT ![DomainOf(v)] = v]
           /\\ UNCHANGED <<x, pc, work>>
Init == x = 0 /\\ pc = <<"idle", "idle">> /\\ lock = <<0, 0>> /\\ work = <<>>
Next == \\E v \\in Procs : Step(v) \\/ (x' = v /\\ UNCHANGED <<pc, lock, work>>)`,
    );
    const { actions } = openModel({
      modules,
      init: "Init",
      next: "Next",
      constants: new Map([
        ["N", { value: { type: "int", value: 1 } }],
        ["Hard", { value: { type: "boolean", value: true } }],
        ["Procs", { value: { type: "interval", low: 1, high: 2 } }],
      ]),
    });
    const shown = actions.map(({ name, parameters, expression, index, place }) => [
      index,
      name,
      [...parameters],
      formatExpression(expression),
      place.line,
    ]);
    const step = (v: number) =>
      `pc[${v}] = "idle" /\\ lock' = [lock EXCEPT ![${v}] = ${v}] /\\ UNCHANGED <<x, pc, work>>`;
    const next = (v: number) => `x' = ${v} /\\ UNCHANGED <<pc, lock, work>>`;
    const line = PREAMBLE.split("\n").length + 2;
    expect(shown).toEqual([
      [0, "Step", [["v", 1]], step(1), line],
      [1, "Next", [["v", 1]], next(1), line + 4],
      [2, "Step", [["v", 2]], step(2), line],
      [3, "Next", [["v", 2]], next(2), line + 4],
    ]);
  });
});
