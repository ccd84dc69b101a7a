import { expect, it } from "vitest";
import { bothEngines } from "../support/bothEngines.js";
import { describeTlc } from "../support/realTlc.js";

const EXTENDS = "EXTENDS Integers, Sequences, FiniteSets, TLC\n";

/** Every way to assign a variable, and to come to a step. */
const ASSIGNMENTS = `VARIABLES y, x, b
rest == <<y, x>>
A(v) == x < 2 /\\ x' = x + v /\\ UNCHANGED <<y, b>>
B(v) == \\/ x = 1 /\\ x' = 0 /\\ UNCHANGED <<y, b>>
        \\/ LET z == v IN \\/ y' = z /\\ UNCHANGED <<x, b>>
                         \\/ y' = z + 1 /\\ UNCHANGED <<x, b>>
P(v) == A(v) \\/ (x = 2 /\\ UNCHANGED <<rest, b>>)
If == IF x = 0 THEN A(1) ELSE x' = 0 /\\ UNCHANGED <<y, b>>
Case == CASE x = 0 -> y' = 5 /\\ UNCHANGED <<x, b>>
          [] x = 1 -> A(1)
          [] OTHER -> UNCHANGED <<rest, b>>
Implies == (x = 0 => y' = 7) /\\ y' \\in {7, 8} /\\ UNCHANGED <<x, b>>
Every == (\\A i \\in {1, 2} : y' \\in 0..i) /\\ UNCHANGED <<x, b>>
Empty == (\\A i \\in {} : y' = i) /\\ UNCHANGED <<rest, b>> /\\ UNCHANGED <<>>
Test == x' = x + 1 /\\ x' = 1 /\\ x' \\in {1, 2} /\\ UNCHANGED <<y, b>>
Holds == x' = x /\\ UNCHANGED rest /\\ b' = ~b /\\ UNCHANGED (x + y)
Square == [x = 1 /\\ x' = 2 /\\ UNCHANGED <<y, b>>]_<<rest, b>>
Angle == <<x' \\in 0..1 /\\ UNCHANGED <<y, b>>>>_x
RECURSIVE Down(_)
Down(n) == \\/ n = 0 /\\ y' = x /\\ UNCHANGED <<x, b>>
           \\/ n > 0 /\\ Down(n - 1)
Enabled == ENABLED A(1) /\\ ~ENABLED (x = 3 /\\ y' = 1) /\\ UNCHANGED <<rest, b>>
Local == LET C(v) == \\/ y' = v /\\ UNCHANGED <<x, b>>
                     \\/ FALSE
             D == UNCHANGED <<rest, b>>
         IN  C(3) \\/ D
Set(p, q) == p = q
Assign == Set(y', 4) /\\ Set(x', x) /\\ UNCHANGED b
Apply == [i \\in {0, 1} |-> x = i][IF x > 0 THEN 1 ELSE 0] /\\ UNCHANGED <<rest, b>>
Primed == x' = x /\\ y' = (x + 1)' /\\ b' = (b /\\ x' = x)
Twice == (TRUE \\/ TRUE) /\\ x = 0 /\\ UNCHANGED <<rest, b>>
Once == UNCHANGED <<rest, b>> /\\ (TRUE \\/ x = x) /\\ UNCHANGED x /\\ \\E i \\in {1, 2} : x < i
Guards == (\\E i \\in {1, 2} : x < i) /\\ (x = 0 => (y = 0 \\/ b \\/ TRUE)) /\\ UNCHANGED <<rest, b>>
Lists == /\\ LET w == x IN w = 0 \\/ w < 2
         /\\ IF b THEN TRUE \\/ TRUE ELSE x = 0
         /\\ CASE x = 0 -> b \\/ ~b \\/ TRUE [] OTHER -> TRUE
         /\\ \\A i \\in {1, 2} : x < i \\/ x = 0
         /\\ UNCHANGED <<rest, b>>
Four == (x < 2 \\/ TRUE) /\\ (x < 2 \\/ TRUE) /\\ UNCHANGED <<rest, b>>
RECURSIVE Carry(_, _)
Carry(n, e) == IF n = 0 THEN x' \\in {0, 1} /\\ y' = e ELSE Carry(n - 1, e)
Later == Carry(2, x' + 1) /\\ UNCHANGED b
Init == x \\in {1, 0} /\\ y = x /\\ (b = TRUE \\/ b = FALSE \\/ b = TRUE) /\\ x \\in 0..5 /\\ (y = x \\/ x = y)
Next == \\/ \\E v \\in {2, 1} : P(v)
        \\/ (x = 0 /\\ y = 0 /\\ (A(1) \\/ B(1)))
        \\/ B(1) \\/ If \\/ Case \\/ Implies \\/ Every \\/ Empty \\/ Test \\/ Holds \\/ Square
        \\/ Angle \\/ Down(2) \\/ Enabled \\/ Local \\/ Assign \\/ Apply \\/ Primed \\/ Twice
        \\/ Once \\/ Guards \\/ Lists \\/ Four \\/ Later
        \\/ (\\E v \\in {x} : B(v)) \\/ A(x) \\/ (\\E v \\in {} : A(v))
        \\/ (x = 5 /\\ UNCHANGED <<rest, b>>)`;

/** An initial predicate that calls itself with what it assigns. */
const RECURSION = `VARIABLES x, y
RECURSIVE Carry(_, _)
Carry(n, e) == IF n = 0 THEN x \\in 0..9 /\\ y = e ELSE Carry(n - 1, e)
Init == Carry(2, x + 1)
Next == x < 9 /\\ x' = x + 1 /\\ UNCHANGED y`;

/** Sets in the order in which TLC enumerates them. */
const ORDERS = `CONSTANTS M, L
VARIABLES b, done
Subsets == b' \\in SUBSET {3, 1, 2}
Functions == b' \\in [{2, 1} -> {5, 4}]
Records == b' \\in [p : {2, 1}, q : BOOLEAN]
Tuples == b' \\in {<<2, 1>>, <<1>>, <<1, 3>>}
Sets == b' \\in {{2, 1}, {3}, {1, 3}, {}}
Product == b' \\in (1..2) \\X {TRUE, FALSE}
Union == b' \\in UNION {{3, 1}, {2}, {7, 0}}
Strings == b' \\in {"one", "two", "a three"} \\cup {"two", "again"}
Models == b' \\in {M, L} \\cup {1}
Mapped == b' \\in {i * i : i \\in {-2, 3}}
Several == \\E i \\in {2, 1}, j \\in {4, 3} : b' = <<i, j>>
Same == \\E i, j \\in {2, 1} : b' = <<i, j>>
Components == \\E <<i, j>> \\in {2, 1} \\X {4, 3} : b' = <<j, i>>
Chosen == b' = CHOOSE s \\in SUBSET (1..3) : Cardinality(s) = 2
Init == b = 0 /\\ done = FALSE
Next == /\\ ~done
        /\\ done' = TRUE
        /\\ \\/ Subsets \\/ Functions \\/ Records \\/ Tuples \\/ Sets \\/ Product \\/ Union \\/ Several
           \\/ Strings \\/ Models \\/ Mapped \\/ Same \\/ Components \\/ Chosen`;

/** Actions whose names are not those that one might expect. */
const NAMES = `VARIABLES x, seen
Move(v) == x < 3 /\\ x' = x + v
Both == Move(1) \\/ Move(2)
Watch == seen' = x
Watched == Both /\\ Watch
Inner(v) == \\E w \\in {1, 2} : Move(v) /\\ seen' = w
Other(v) == x = v /\\ x' = 0 /\\ seen' = 7
Hide == seen' = 1
Conj == /\\ x = 0
        /\\ Move(1) /\\ Watch
Init == x = 0 /\\ seen = 0
Next == \\/ Watched
        \\/ \\E v \\in 1..2 : Inner(v)
        \\/ (Move(1) /\\ Watch)
        \\/ \\E v \\in 1..2 : Move(v) /\\ Watch
        \\/ Conj
        \\/ LET Deep(v) == Move(v) /\\ Watch IN Deep(1) \\/ Deep(x)
        \\/ Watch /\\ x' = x
        \\/ (Other(0) \\/ Watched)
Spec == Init /\\ [][(Next /\\ x < 2) \\/ Conj]_<<x, seen>>`;

const cfg = "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n";

describeTlc("the state graph", (tools) => {
  it.each([
    { name: "every way to assign", body: ASSIGNMENTS, cfg },
    { name: "an initial predicate that calls itself", body: RECURSION, cfg },
    { name: "every kind of set", body: ORDERS, cfg: `${cfg}CONSTANTS M = M\n L = L\n` },
    { name: "names of actions", body: NAMES, cfg },
    {
      name: "replaced actions",
      body: NAMES,
      cfg: `${cfg}CONSTANTS Inner <- Other Watch <- Hide\n`,
    },
    {
      name: "an action without a name",
      body: NAMES,
      cfg: "SPECIFICATION Spec\nCHECK_DEADLOCK FALSE",
    },
  ])("has TLC's states, edges, names and order: $name", async ({ body, cfg }) => {
    const { own, tlc, ownGraph, tlcGraph } = await bothEngines(tools, EXTENDS + body, cfg);
    expect([own.verdict, tlc.verdict]).toEqual([{ kind: "holds" }, { kind: "holds" }]);
    expect(ownGraph).toEqual(tlcGraph);
    expect(ownGraph.length).toBeGreaterThan(10);
    for (const count of ["generated", "distinct", "queue", "depth", "initialStates"] as const) {
      expect(own[count], count).toBe(tlc[count]);
    }
  });

  it("of an Init that yields a state twice has it once, and counts it twice", async () => {
    const body = "VARIABLE x\nInit == x = 0 \\/ x \\in {0, 1}\nNext == x' = (x + 1) % 3";
    const { own, tlc, ownGraph, tlcGraph } = await bothEngines(tools, EXTENDS + body, cfg);
    // TLC says it in another message than where each initial state comes once.
    const codes = tlc.messages.map(({ code }) => code);
    expect([codes.includes(2190), codes.includes(2191)]).toEqual([false, true]);
    const counts = { generated: 6, distinct: 3, depth: 2, initialStates: 3 };
    for (const engine of [own, tlc]) {
      expect(engine).toMatchObject({ verdict: { kind: "holds" }, ...counts });
    }
    expect(tlc.initialDistinct).toBe(2);
    expect(ownGraph).toEqual(tlcGraph);
  });
});
