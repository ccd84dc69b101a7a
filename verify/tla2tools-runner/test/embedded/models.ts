import type { Recordable } from "../logs/recorded.js";

/** A model of two variables, and what TLC says of it. */
export interface Row {
  readonly name: string;
  readonly body: string;
  readonly cfg: string;
  readonly kind: string;
  /** The invariant or property that is violated. */
  readonly violates?: string;
  /** States generated, distinct states and depth; TLC tells none before the search has begun. */
  readonly counts?: readonly [number, number, number];
  /** The actions of the counterexample behind its initial state. */
  readonly trace?: string;
  /** The last state of the counterexample. */
  readonly last?: string;
  /** For each action, the states that it generated and those that it found first. */
  readonly steps?: string;
  /** Whether TLC words it otherwise, in a way that the package's README describes. */
  readonly differs?: boolean;
}

export const HEAD =
  "EXTENDS Integers, Sequences, FiniteSets, TLC\nVARIABLES x, y\nvars == <<x, y>>\n";

const SPEC = "SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n";
const spec = "Spec == Init /\\ [][Next]_vars /\\ WF_vars(Next)\n";
const ZERO = "Init == x = 0 /\\ y = 0\n";

export const COUNTER = `${ZERO}Step == x < 5 /\\ x' = x + 1 /\\ y' = (y + 2) % 3
Back == x > 3 /\\ x' = 0 /\\ UNCHANGED y
Next == Step \\/ Back\n${spec}`;

/** Those of one module; `numbered` makes their names differ. */
export const MODELS: readonly Row[] = [
  {
    name: "a model that holds",
    body: `${COUNTER}Inv == x <= 5\nType == y \\in 0..2\nProp == [][x' = x + 1 \\/ x' = 0]_x`,
    cfg: `${SPEC}INVARIANTS Inv Type\nPROPERTY Prop`,
    kind: "holds",
    counts: [22, 18, 12],
    steps: "Step 15:15, Back 6:2",
  },
  {
    name: "an invariant that is violated",
    body: `${COUNTER}True == TRUE\nInv == x + y < 6`,
    cfg: `${SPEC}INVARIANTS True Inv`,
    kind: "invariant",
    violates: "Inv",
    counts: [5, 5, 5],
    trace: "Step Step Step Step",
    last: "/\\ x = 4\n/\\ y = 2",
  },
  {
    name: "an invariant that an initial state violates",
    body: `Init == x \\in {1, 2} /\\ y = 0\nNext == UNCHANGED vars\n${spec}Inv == x < 2`,
    cfg: `${SPEC}INVARIANT Inv`,
    kind: "invariant",
    violates: "Inv",
    trace: "",
    last: "/\\ x = 2\n/\\ y = 0",
  },
  {
    name: "the first of several violated invariants",
    body: `${COUNTER}Later == x < 4\nFirst == x < 4 /\\ y < 5`,
    cfg: `${SPEC}INVARIANTS First Later`,
    kind: "invariant",
    violates: "First",
    counts: [5, 5, 5],
    trace: "Step Step Step Step",
    last: "/\\ x = 4\n/\\ y = 2",
  },
  {
    name: "a property of steps that is violated",
    body: `${COUNTER}Prop == [][x' > x]_vars`,
    cfg: `${SPEC}PROPERTY Prop`,
    kind: "action-property",
    violates: "Prop",
    counts: [7, 7, 6],
    trace: "Step Step Step Step Back",
    last: "/\\ x = 0\n/\\ y = 2",
  },
  {
    name: "[A]_v with an A that does not read v",
    body: `${COUNTER}Prop == [][x # 1]_y`,
    cfg: `${SPEC}PROPERTY Prop`,
    kind: "action-property",
    violates: "Prop",
    counts: [3, 3, 3],
    trace: "Step Step",
    last: "/\\ x = 2\n/\\ y = 1",
  },
  {
    name: "a property of the initial state that is violated",
    differs: true,
    body: `${COUNTER}Prop == x = 1 /\\ [][TRUE]_vars`,
    cfg: `${SPEC}PROPERTY Prop`,
    kind: "action-property",
    violates: "Prop",
    trace: "",
    last: "/\\ x = 0\n/\\ y = 0",
  },
  {
    name: "a property about every state",
    body: `${COUNTER}Prop == [](x < 3)`,
    cfg: `${SPEC}PROPERTY Prop`,
    kind: "invariant",
    violates: "Prop",
    counts: [4, 4, 4],
    trace: "Step Step Step",
    last: "/\\ x = 3\n/\\ y = 0",
  },
  {
    name: "a property that is another specification",
    differs: true,
    body: `${COUNTER}Slower == x = 0 /\\ [][x' = x + 1]_x\nProp == Slower`,
    cfg: `${SPEC}PROPERTY Prop`,
    kind: "action-property",
    violates: "Prop",
    counts: [7, 7, 6],
    trace: "Step Step Step Step Back",
    last: "/\\ x = 0\n/\\ y = 2",
  },
  {
    name: "a deadlock",
    body: `${ZERO}Next == x < 2 /\\ x' = x + 1 /\\ UNCHANGED y`,
    cfg: "INIT Init\nNEXT Next\n",
    kind: "deadlock",
    counts: [3, 3, 3],
    trace: "Next Next",
    last: "/\\ x = 2\n/\\ y = 0",
  },
  {
    name: "an assertion that is false",
    body: `${COUNTER}Inv == Assert(x < 2, "too much")`,
    cfg: `${SPEC}INVARIANT Inv`,
    kind: "assertion",
    counts: [3, 3, 3],
    trace: "Step Step",
    last: "/\\ x = 2\n/\\ y = 1",
  },
  {
    name: "an error in an invariant",
    body: `${COUNTER}Inv == <<1, 2, 3>>[x + 1] > 0`,
    cfg: `${SPEC}INVARIANT Inv`,
    kind: "evaluation-error",
    counts: [4, 4, 4],
    trace: "Step Step Step",
    last: "/\\ x = 3\n/\\ y = 0",
  },
  {
    name: "an error in an action",
    body: `${ZERO}Next == x' = x + 1 /\\ y' = 6 \\div (2 - x)\n${spec}`,
    cfg: SPEC,
    kind: "evaluation-error",
    counts: [3, 3, 3],
    trace: "Next Next",
    last: "/\\ x = 2\n/\\ y = 6",
  },
  {
    name: "an error in a constant set that an action ranges over",
    body: `${ZERO}Next == \\E v \\in {6 \\div 0} : x' = v /\\ UNCHANGED y\n${spec}`,
    cfg: SPEC,
    kind: "evaluation-error",
    counts: [1, 1, 1],
    trace: "",
    last: "/\\ x = 0\n/\\ y = 0",
  },
  {
    name: "an operand that is an error and not used",
    body: `${ZERO}Skip(v) == x' = 1 - x /\\ UNCHANGED y\nNext == Skip(6 \\div 0)\n${spec}`,
    cfg: SPEC,
    kind: "holds",
    counts: [3, 2, 2],
    steps: "Skip 2:1",
  },
  {
    name: "an error in the initial predicate",
    body: `Init == x = 0 /\\ y = Head(<<>>)\nNext == UNCHANGED vars\n${spec}`,
    cfg: SPEC,
    kind: "evaluation-error",
  },
  {
    // TLC counts the incomplete state, and shows it.
    name: "a variable that no action assigns",
    differs: true,
    body: `${ZERO}Next == x' = x + 1\n${spec}`,
    cfg: SPEC,
    kind: "evaluation-error",
    trace: "",
    last: "/\\ x = 0\n/\\ y = 0",
  },
  {
    name: "a variable that the initial predicate leaves open",
    differs: true,
    body: `Init == x = 0\nNext == UNCHANGED vars\n${spec}`,
    cfg: SPEC,
    kind: "evaluation-error",
  },
  {
    name: "a primed variable that is read before it is assigned",
    differs: true,
    body: `${ZERO}Next == y' = x' /\\ x' = 1\n${spec}`,
    cfg: SPEC,
    kind: "evaluation-error",
    counts: [1, 1, 1],
    trace: "",
    last: "/\\ x = 0\n/\\ y = 0",
  },
  {
    name: "no initial state",
    body: `Init == x = 0 /\\ x = 1 /\\ y = 0\nNext == UNCHANGED vars\n${spec}`,
    cfg: SPEC,
    kind: "evaluation-error",
  },
  {
    name: "a constraint, outside of which states are checked and not followed",
    body: `Init == x \\in {0, 9} /\\ y = 0
Next == x' = x + 1 /\\ y' \\in 0..1\n${spec}Small == x < 4\nInv == x < 20`,
    cfg: `${SPEC}CONSTRAINT Small\nINVARIANT Inv`,
    kind: "holds",
    counts: [16, 7, 4],
    steps: "Next 14:6",
  },
  {
    name: "an invariant that a state outside of the constraint violates",
    body: `${ZERO}Next == x' = x + 1 /\\ y' = 1\n${spec}Small == x < 4\nInv == x < 4`,
    cfg: `${SPEC}CONSTRAINT Small\nINVARIANT Inv`,
    kind: "invariant",
    violates: "Inv",
    counts: [5, 4, 4],
    trace: "Next Next Next Next",
    last: "/\\ x = 4\n/\\ y = 1",
  },
  {
    name: "a property of a step that leaves the constraint",
    body: `${ZERO}Next == x' = x + 1 /\\ y' = 1\n${spec}Small == x < 4\nProp == [][x' < 4]_vars`,
    cfg: `${SPEC}CONSTRAINT Small\nPROPERTY Prop`,
    kind: "action-property",
    violates: "Prop",
    counts: [5, 4, 4],
    trace: "Next Next Next Next",
    last: "/\\ x = 4\n/\\ y = 1",
  },
  {
    name: "an action constraint",
    body: `${ZERO}Next == x' \\in 0..3 /\\ y' = x\n${spec}Up == x' = x + 1`,
    cfg: `${SPEC}ACTION_CONSTRAINT Up`,
    kind: "holds",
    counts: [17, 4, 4],
    steps: "Next 16:3",
  },
  {
    name: "ENABLED in an invariant",
    body: `${COUNTER}Inv == (ENABLED Back) <=> x > 3\nNo == ~ENABLED (x' = 7 /\\ x = 2)`,
    cfg: `${SPEC}INVARIANTS Inv No`,
    kind: "invariant",
    violates: "No",
    counts: [3, 3, 3],
    trace: "Step Step",
    last: "/\\ x = 2\n/\\ y = 1",
  },
];

/** Those that need a module of their own, for what it declares or assumes. */
export const OWN_MODULES: readonly Row[] = [
  {
    name: "an assumption that is false",
    body: `${COUNTER}ASSUME 1 = 1\nASSUME 2 < 1`,
    cfg: SPEC,
    kind: "assertion",
  },
  {
    name: "constants, operators and definitions that the cfg replaces",
    body: `CONSTANTS N, Set, Op(_)\nAll == {1, N}\nDouble(n) == 2 * n\nLimit == 3\nOther == 9
Init == x = 0 /\\ y \\in Set\nNext == x < Limit /\\ x' = x + Op(1) /\\ UNCHANGED y\n${spec}`,
    cfg: `${SPEC}CONSTANTS\n  N = Nobody\n  Set <- All\n  Op <- Double\n  Limit <- Other`,
    kind: "holds",
    counts: [12, 12, 6],
    steps: "Next 10:10",
  },
  {
    name: "model values and strings",
    body: `CONSTANTS Procs, Nil\nInit == x = [p \\in Procs |-> Nil] /\\ y = 0
Move(p) == x[p] = Nil /\\ x' = [x EXCEPT ![p] = "done"] /\\ y' = y + 1
Next == \\E p \\in Procs : Move(p)\n${spec}Inv == y < 3`,
    cfg: `${SPEC}CONSTANTS Procs = {p2, p1, p3}\nNil = Nil\nINVARIANT Inv`,
    kind: "invariant",
    violates: "Inv",
    counts: [11, 8, 4],
    trace: "Move Move Move",
    last: '/\\ x = (p2 :> "done" @@ p1 :> "done" @@ p3 :> "done")\n/\\ y = 3',
  },
  {
    name: "an error in a property of a step that changes nothing",
    body: `${ZERO}Step == UNCHANGED vars\nNext == Step\n${spec}Prop == [][Head(<<>>) = x']_x`,
    cfg: `${SPEC}PROPERTY Prop`,
    kind: "evaluation-error",
    trace: "Step",
    last: "/\\ x = 0\n/\\ y = 0",
  },
];

/** A row with a number behind each name that it defines, so that many can share a module. */
export function numbered(row: Row, number: number): Row {
  const names = [...row.body.matchAll(/^(\w+)(?:\(.*?\))? ==/gm)].map(([, name]) => name);
  const rename = (text: string): string =>
    text.replace(/(?<!")\b\w+\b/g, (word) => (names.includes(word) ? `${word}${number}` : word));
  const { body, cfg, violates, trace, steps } = row;
  return {
    ...row,
    body: rename(body),
    cfg: rename(cfg),
    ...(violates === undefined ? {} : { violates: rename(violates) }),
    ...(trace === undefined ? {} : { trace: rename(trace) }),
    ...(steps === undefined ? {} : { steps: rename(steps) }),
  };
}

const numberedRows = MODELS.map(numbered);
const shared = HEAD + numberedRows.map(({ body }) => body).join("\n");

/** Every row, with its module and with what TLC was run on for its recorded log. */
export const ROWS: readonly (Row & { readonly recorded: Recordable })[] = [
  ...numberedRows.map((row) => ({ ...row, body: shared })),
  ...OWN_MODULES.map((row) => ({ ...row, body: HEAD + row.body })),
].map((row) => {
  const name = `embedded-${row.name.replaceAll(/\W+/g, "-")}`;
  return { ...row, recorded: { name, body: row.body, cfg: row.cfg, options: { coverage: true } } };
});
