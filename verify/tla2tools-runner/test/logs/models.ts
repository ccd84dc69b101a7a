import type { TlcOutcome, TlcVerdict } from "../../src/index.js";
import type { Recordable } from "./recorded.js";

/** A model, and what its recorded run tells. */
export interface LoggedModel extends Recordable {
  readonly verdict: Partial<TlcVerdict> & Pick<TlcVerdict, "kind">;
  /** The line and column that the verdict names. */
  readonly at?: string;
  /** A part of what the verdict says. */
  readonly says?: string;
  readonly outcome?: Partial<TlcOutcome>;
  /** The actions of the counterexample and its last state. */
  readonly trace?: string;
}

const HEAD = "EXTENDS Integers, Sequences, FiniteSets, TLC\nVARIABLE x\n";
const COUNTER = `${HEAD}Init == x = 0\nNext == x < 3 /\\ x' = x + 1\nSpec == Init /\\ [][Next]_x\n`;
const CYCLE = `${HEAD}Init == x = 0\nNext == x' = (x + 1) % 3\nSpec == Init /\\ [][Next]_x /\\ WF_x(Next)\n`;
const LOOP = `${HEAD}RECURSIVE F(_)\nF(n) == F(n + 1)\n`;
const SETS =
  "EXTENDS TLC\nCONSTANT P\nVARIABLE x\nInit == x \\in P\nNext == x' \\in P\nSym == Permutations(P)\nL == []<>(x = x)";
const SPEC = "SPECIFICATION Spec\n";
const NO_DEADLOCK = `${SPEC}CHECK_DEADLOCK FALSE\n`;
const INIT_NEXT = "INIT Init\nNEXT Next\n";
const START = "@!@!@STARTMSG 2110:1 @!@!@";
const END = "@!@!@ENDMSG 2217 @!@!@";

/** Two violations; with `-continue` both are reported, each with its counterexample. */
const TWO = {
  body: `${HEAD}Init == x = 0\nNext == x' = (x + 1) % 5\nFirst == x # 2\nSecond == x # 4\n`,
  cfg: `${INIT_NEXT}INVARIANTS First Second\n`,
};

const violations: readonly LoggedModel[] = [
  {
    name: "deadlock",
    body: COUNTER,
    cfg: SPEC,
    verdict: { kind: "deadlock", message: "Deadlock reached." },
    trace: "Next Next Next: x = 3",
  },
  {
    name: "invariant",
    body: `${COUNTER}Small == x < 2`,
    cfg: `${SPEC}INVARIANT Small`,
    verdict: { kind: "invariant", name: "Small" },
    trace: "Next Next: x = 2",
  },
  {
    name: "invariant-initial",
    body: `${COUNTER}Positive == x > 0`,
    cfg: `${SPEC}INVARIANT Positive`,
    verdict: { kind: "invariant", name: "Positive" },
    trace: ": x = 0",
  },
  {
    name: "invariant-outside-constraint",
    body: `${HEAD}Init == x = 5\nNext == x' = x\nCon == x < 3\nInv == x < 4`,
    cfg: `${INIT_NEXT}CONSTRAINT Con\nINVARIANT Inv`,
    verdict: { kind: "invariant", name: "Inv" },
    trace: ": x = 5",
  },
  {
    name: "action-property",
    body: `${CYCLE}Up == [][x' > x]_x`,
    cfg: `${SPEC}PROPERTY Up`,
    verdict: { kind: "action-property", name: "Up" },
    trace: "Next Next Next: x = 0",
  },
  {
    name: "action-property-initial",
    body: `${CYCLE}Start == x = 1 /\\ [][TRUE]_x`,
    cfg: `${SPEC}PROPERTY Start`,
    verdict: { kind: "action-property" },
    says: "is violated by the initial state",
    trace: ": x = 0",
  },
  {
    name: "temporal-lasso",
    body: `${CYCLE}Settles == <>[](x = 1)`,
    cfg: `${SPEC}PROPERTY Settles`,
    verdict: { kind: "temporal-property", names: [] },
    trace: "Next Next: x = 2",
  },
  {
    name: "temporal-stuttering",
    body: `${COUNTER}Arrives == <>(x = 3)`,
    cfg: `${NO_DEADLOCK}PROPERTY Arrives`,
    verdict: { kind: "temporal-property" },
    outcome: { lasso: { kind: "stuttering", after: 3 } },
    trace: "Next Next: x = 2",
  },
  {
    name: "temporal-constraint",
    body: `${COUNTER}Again == []<>(x = 0)\nCon == x < 2`,
    cfg: `${NO_DEADLOCK}PROPERTY Again\nCONSTRAINT Con`,
    verdict: { kind: "temporal-property" },
    trace: "Next: x = 1",
  },
  {
    name: "assertion",
    body: `${HEAD}Init == x = 0\nNext == x' = x + 1 /\\ Assert(x < 1, <<"oops", x>>)`,
    cfg: INIT_NEXT,
    verdict: { kind: "assertion" },
    at: "5:23",
    says: '<<"oops", 1>>',
    trace: "Next: x = 1",
  },
  {
    name: "assertion-initial",
    body: `${HEAD}Init == x = 0 /\\ Assert(FALSE, "no")\nNext == x' = x`,
    cfg: INIT_NEXT,
    verdict: { kind: "assertion" },
    at: "4:18",
  },
  {
    name: "assertion-invariant",
    body: `${COUNTER}Inv == Assert(x < 2, "${START}")`,
    cfg: `${SPEC}INVARIANT Inv`,
    verdict: { kind: "assertion" },
    trace: "Next Next: x = 2",
  },
  {
    name: "assumption",
    body: `${HEAD}ASSUME 1 = 2\nInit == x = 0\nNext == x' = x`,
    cfg: INIT_NEXT,
    verdict: { kind: "assertion" },
    at: "4:8",
  },
  {
    name: "assumption-alone",
    body: "EXTENDS Integers\nASSUME 1 = 2",
    cfg: "",
    verdict: { kind: "assertion" },
    at: "3:8",
  },
  {
    name: "continue",
    ...TWO,
    options: { continueAfterViolation: true },
    verdict: { kind: "invariant", name: "First" },
    outcome: { generated: 6, distinct: 5, queue: 0 },
    trace: "Next Next: x = 2",
  },
];

const successes: readonly LoggedModel[] = [
  {
    name: "holds",
    body: COUNTER,
    cfg: NO_DEADLOCK,
    verdict: { kind: "holds" },
    outcome: {
      generated: 4,
      distinct: 4,
      queue: 0,
      depth: 4,
      initialStates: 1,
      initialDistinct: 1,
      trace: [],
      violations: [],
      lasso: undefined,
      exitCode: 0,
    },
  },
  {
    name: "initial-states-twice",
    body: `${HEAD}Init == x = 0 \\/ x \\in {0, 1}\nNext == x' = (x + 1) % 3`,
    cfg: INIT_NEXT,
    verdict: { kind: "holds" },
    outcome: { generated: 6, distinct: 3, initialStates: 3, initialDistinct: 2 },
  },
  {
    name: "many-initial-states",
    body: `${HEAD}Init == x \\in 0..1499\nNext == x' = (x + 1) % 4000`,
    cfg: INIT_NEXT,
    verdict: { kind: "holds" },
    outcome: { generated: 5500, distinct: 4000, initialStates: 1500, initialDistinct: 1500 },
  },
  {
    name: "german",
    body: `${HEAD}Init == x = 0\nNext == x' \\in 0..99`,
    cfg: INIT_NEXT,
    options: { jvmArguments: ["-Duser.language=de", "-Duser.country=DE"] },
    verdict: { kind: "holds" },
    outcome: { generated: 10_001, distinct: 100 },
  },
  {
    name: "assumptions",
    body: `EXTENDS Integers, TLC\nASSUME 1 < 2\nASSUME PrintT("${START}\\n${END}")`,
    cfg: "",
    verdict: { kind: "assumptions-hold" },
    outcome: { generated: 0 },
  },
  {
    name: "prints-messages",
    body: `${COUNTER}Inv == PrintT("${START}") /\\ PrintT([i \\in 1..8 |-> <<i, "${START}">>])`,
    cfg: `${NO_DEADLOCK}INVARIANT Inv`,
    verdict: { kind: "holds" },
    outcome: { distinct: 4 },
  },
  {
    name: "prints-messages-and-violates",
    body: `${COUNTER}Inv == PrintT("${START}") /\\ Print("${START}", TRUE) /\\ x < 2`,
    cfg: `${SPEC}INVARIANT Inv`,
    verdict: { kind: "invariant", name: "Inv" },
    trace: "Next Next: x = 2",
  },
  {
    name: "prints-lack-of-memory-and-violates",
    body: `${COUNTER}Inv == PrintT("OutOfMemoryError: No space left on device") /\\ x < 2`,
    cfg: `${SPEC}INVARIANT Inv`,
    verdict: { kind: "invariant", name: "Inv" },
  },
  {
    name: "messages-in-states",
    body: `${HEAD}Init == x = <<"${START}", "${END}">>\nNext == x' = <<"${END}\\n${END}">>\nInv == Len(x) = 2`,
    cfg: `${INIT_NEXT}INVARIANT Inv`,
    verdict: { kind: "invariant", name: "Inv" },
    trace: `Next: x = <<"${END}\\n${END}">>`,
  },
  {
    name: "view",
    body: `${HEAD}VARIABLE y\nInit == x = 0 /\\ y = 0\nNext == x' = (x + 1) % 3 /\\ y' = 1 - y\nV == x`,
    cfg: `${INIT_NEXT}VIEW V`,
    verdict: { kind: "holds" },
    outcome: { generated: 4, distinct: 3 },
  },
  {
    name: "symmetry",
    body: SETS,
    cfg: `${INIT_NEXT}CONSTANT P = {a, b, c}\nSYMMETRY Sym\nPROPERTY L`,
    verdict: { kind: "holds" },
    outcome: { generated: 6, distinct: 1, initialStates: 3, initialDistinct: 1 },
  },
  {
    name: "warnings",
    body: `${HEAD}Init == x = [a |-> 1]\nNext == x' = [x EXCEPT !.b = 2]`,
    cfg: INIT_NEXT,
    verdict: { kind: "holds" },
    outcome: { generated: 2, distinct: 1 },
  },
  {
    name: "stopped-by-the-module",
    body: `${HEAD}Init == x = 0\nNext == x' = x + 1 /\\ TLCSet("exit", x = 3)`,
    cfg: INIT_NEXT,
    verdict: { kind: "stopped" },
    says: "1 states",
    outcome: { queue: 1 },
  },
  {
    name: "simulation",
    body: COUNTER,
    cfg: NO_DEADLOCK,
    options: { simulate: { num: 3, depth: 5 }, checkDeadlock: false },
    verdict: { kind: "simulated" },
    outcome: { distinct: 0, queue: 0, depth: 0 },
  },
  {
    name: "simulation-violates",
    ...TWO,
    options: { simulate: { num: 3, depth: 9 } },
    verdict: { kind: "invariant", name: "First" },
    trace: "Next Next: x = 2",
  },
  {
    name: "simulation-asserts",
    body: `${HEAD}Init == x = 0\nNext == x' = x + 1 /\\ Assert(x < 1, "oops")`,
    cfg: INIT_NEXT,
    options: { simulate: { num: 1 } },
    verdict: { kind: "assertion" },
  },
  {
    name: "simulation-of-nothing",
    body: `${HEAD}Init == x = 0 /\\ x = 1\nNext == x' = x`,
    cfg: INIT_NEXT,
    options: { simulate: { num: 1 } },
    verdict: { kind: "evaluation-error" },
    says: "no state satisfying the initial",
  },
];

const nextIs = (next: string) => `${HEAD}Init == x = 0\nNext == ${next}`;

const evaluationErrors: readonly LoggedModel[] = [
  ["head-of-nothing", nextIs("x' = Head(<<>>)"), INIT_NEXT, "5:14", "Head"],
  ["operand-of-another-kind", nextIs('x\' = x + "a"'), INIT_NEXT, "5:14", "overridden"],
  ["overflow", nextIs("x' = 2147483647 + x + 1"), INIT_NEXT, "5:14", "Overflow"],
  ["outside-the-domain", nextIs("x' = [a \\in 1..2 |-> a][x + 5]"), INIT_NEXT, "5:14", "applying"],
  ["no-formula", nextIs("3"), INIT_NEXT, undefined, "not a boolean"],
  ["number-too-big", nextIs("x' = 99999999999"), INIT_NEXT, undefined, "number this big"],
  [
    "real-number",
    `EXTENDS Reals\nVARIABLE x\nInit == x = 1.5\nNext == x' = x`,
    INIT_NEXT,
    undefined,
    "real numbers",
  ],
  ["choose-from-nothing", nextIs("x' = CHOOSE y \\in {} : TRUE"), INIT_NEXT, "5:14", "CHOOSE"],
  ["error-in-init", `${HEAD}Init == x = Head(<<>>)\nNext == x' = x`, INIT_NEXT, "4:13", "Head"],
  ["error-in-assumption", `${COUNTER}ASSUME 1 = Head(<<>>)`, SPEC, "7:8", "Evaluating assumption"],
  ["assumption-no-boolean", `${COUNTER}ASSUME 3`, SPEC, undefined, "boolean value"],
  [
    "error-in-invariant",
    `${COUNTER}Bad == x < 2 \\/ "a" + 1 > 2`,
    `${SPEC}INVARIANT Bad`,
    undefined,
    "invariant Bad",
  ],
  ["invariant-no-boolean", `${COUNTER}Inv == x`, `${SPEC}INVARIANT Inv`, "7:8", "boolean value"],
  ["error-in-constraint", `${COUNTER}Con == x < "a"`, `${SPEC}CONSTRAINT Con`, "7:8", "integer"],
  [
    "error-in-action-property",
    `${COUNTER}P == [][x' > "a"]_x`,
    `${SPEC}PROPERTY P`,
    "7:9",
    "action property P",
  ],
  // TLC 2.18 and newer ones end with exit code 0 here, without the message of success.
  [
    "error-in-temporal-property",
    `${COUNTER}P == <>(x = "a")`,
    `${NO_DEADLOCK}PROPERTY P`,
    undefined,
    "non-integer",
  ],
  [
    "quantified-over-time",
    `${COUNTER}P == \\EE y : [](y = x)`,
    `${SPEC}PROPERTY P`,
    "7:6",
    "temporal formula",
  ],
  [
    "variable-without-value",
    `${HEAD}VARIABLE y\nInit == x = 0 /\\ y = 0\nNext == x' = 1`,
    INIT_NEXT,
    undefined,
    "not completely specified",
  ],
  [
    "initial-variable-without-value",
    `${HEAD}VARIABLE y\nInit == x = 0\nNext == x' = 1 /\\ y' = y`,
    INIT_NEXT,
    undefined,
    "not a legal state",
  ],
  [
    "recursion",
    `${LOOP}Init == x = 0\nNext == x' = F(x)`,
    INIT_NEXT,
    undefined,
    "StackOverflowError",
  ],
  [
    "recursion-in-init",
    `${LOOP}Init == x = F(0)\nNext == x' = x`,
    INIT_NEXT,
    undefined,
    "StackOverflowError",
  ],
  [
    "recursion-in-assumption",
    `${LOOP}ASSUME F(0) = 1\nInit == x = 0\nNext == x' = x`,
    INIT_NEXT,
    undefined,
    "StackOverflowError",
  ],
  [
    "no-initial-state",
    `${HEAD}Init == x = 0 /\\ x = 1\nNext == x' = x`,
    INIT_NEXT,
    undefined,
    "nothing was checked",
  ],
  [
    "constraint-leaves-nothing",
    `${HEAD}Init == x = 5\nNext == x' = x\nCon == x < 3`,
    `${INIT_NEXT}CONSTRAINT Con`,
    undefined,
    "leave no initial state",
  ],
  [
    "no-next-state-relation",
    `${HEAD}Init == x = 0`,
    "INIT Init",
    undefined,
    "No next state actions",
  ],
  [
    "two-next-state-relations",
    `${COUNTER}Two == Spec /\\ [][x' > x]_x`,
    "SPECIFICATION Two",
    undefined,
    "more than one conjunct",
  ],
].map(([name = "", body = "", cfg = "", at, says]) => ({
  name,
  body,
  cfg,
  verdict: { kind: "evaluation-error" },
  ...(at !== undefined && { at }),
  ...(says !== undefined && { says }),
}));

const refusals: readonly LoggedModel[] = (
  [
    [
      "parse-error",
      "no-operand",
      "VARIABLE x\nInit == x =\nNext == x' = x",
      INIT_NEXT,
      undefined,
      "Was expecting",
    ],
    [
      "parse-error",
      "strange-character",
      "VARIABLE x\nInit == x = ; 3",
      INIT_NEXT,
      "3:13",
      "Lexical error",
    ],
    [
      "parse-error",
      "no-module",
      "EXTENDS Nowhere\nVARIABLE x",
      INIT_NEXT,
      undefined,
      "module Nowhere",
    ],
    [
      "semantic-error",
      "unknown-operator",
      "VARIABLE x\nInit == x = y\nNext == x' = x",
      INIT_NEXT,
      "3:13",
      "Unknown operator: `y'",
    ],
    [
      "semantic-error",
      "temporal-in-enabled",
      `${COUNTER}P == [](ENABLED (Next /\\ []TRUE))`,
      `${SPEC}PROPERTY P`,
      "7:18",
      "temporal formula",
    ],
    [
      "bad-cfg",
      "unknown-invariant",
      COUNTER,
      `${SPEC}INVARIANTS\n  Nope`,
      "3:3",
      "The invariant Nope",
    ],
    ["bad-cfg", "unknown-property", COUNTER, `${SPEC}PROPERTY Nope`, "2:10", "The property Nope"],
    ["bad-cfg", "unknown-specification", COUNTER, "SPECIFICATION Nope", "1:15", "Nope"],
    [
      "bad-cfg",
      "unknown-keyword",
      COUNTER,
      "INIT Init\nNEXT Next\nFOO bar",
      "3:1",
      "expecting a keyword",
    ],
    // TLC 2.18 knows neither of these keywords.
    [
      "bad-cfg",
      "alias",
      `${COUNTER}A == [x |-> x]`,
      `${SPEC}ALIAS A`,
      "2:1",
      "expecting a keyword",
    ],
    [
      "bad-cfg",
      "postcondition",
      `${COUNTER}P == x = x`,
      `${SPEC}POSTCONDITION P`,
      "2:1",
      "expecting a keyword",
    ],
    [
      "bad-cfg",
      "keyword-without-name",
      COUNTER,
      "INIT Init\nNEXT\n",
      "2:1",
      "NEXT was not followed",
    ],
    ["bad-cfg", "no-initial-predicate", COUNTER, "NEXT Next", "1:1", "initial state predicate"],
    ["bad-cfg", "no-behavior-but-variables", COUNTER, "", "1:1", "initial state predicate"],
    [
      "bad-cfg",
      "invariant-with-primes",
      COUNTER,
      `${SPEC}INVARIANT Spec`,
      "2:11",
      "state predicate",
    ],
    [
      "bad-cfg",
      "constant-false-invariant",
      `${COUNTER}Inv == 1 = 2`,
      `${SPEC}INVARIANT Inv`,
      "2:11",
      "equal to FALSE",
    ],
    [
      "bad-cfg",
      "trivial-specification",
      `${COUNTER}S == FALSE /\\ Spec`,
      "SPECIFICATION S",
      "1:1",
      "trivially false",
    ],
    [
      "bad-cfg",
      "property-of-steps-alone",
      `${COUNTER}P == x' > x`,
      `${SPEC}PROPERTY P`,
      "2:10",
      "not correctly defined",
    ],
    [
      "bad-cfg",
      "constant-without-value",
      `${HEAD}CONSTANT N\nInit == x = N\nNext == x' = x`,
      INIT_NEXT,
      "1:1",
      "constant parameter N",
    ],
  ] as const
).map(([kind, name, body, cfg, at, says]) => ({
  name,
  body,
  cfg,
  verdict: { kind },
  says,
  ...(at !== undefined && { at }),
}));

export const LOGGED: readonly LoggedModel[] = [
  ...violations,
  ...successes,
  ...evaluationErrors,
  ...refusals,
];
