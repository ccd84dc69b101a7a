import { beforeAll, describe, expect, it } from "vitest";
import { explainRefusal, type OpenModel, type Value } from "../../src/index.js";
import { openText } from "../support/evaluating.js";
import { describeTlc } from "../support/realTlc.js";

const BODY = `CONSTANT N
VARIABLES x, lock, work
DomainOf(v) == ((v - 1) \\div N) + 1
Free(d) == lock[d] = 0
Lock(v) ==
    /\\ x = 1
    /\\ lock[DomainOf(v)] = 0
    /\\ lock' = [lock EXCEPT ![DomainOf(v)] = v]
    /\\ UNCHANGED <<x, work>>
Nested(v) ==
    /\\ x > 0 /\\ (Free(1) /\\ Free(DomainOf(v)))
    /\\ UNCHANGED <<x, lock, work>>
Choice(v) ==
    /\\ IF x = 1
       THEN LET d == DomainOf(v)
                held == lock[d]
            IN  held * held > 9 /\\ x' = 2
       ELSE CASE x = 0 -> lock[1] = 7 /\\ x' = 3
              [] OTHER -> lock[2] = 8 /\\ x' = 4
    /\\ UNCHANGED <<lock, work>>
Guarded ==
    /\\ IF x = 1 THEN lock[2] = 9 ELSE lock[1] = 9
    /\\ LET w == work[1][2] IN w = 5 /\\ lock[w] = w
    /\\ UNCHANGED <<x, lock, work>>
Ways ==
    /\\ \\/ x = 3 /\\ x' = 0
       \\/ x = 1 /\\ lock[1] = 4 /\\ x' = 1
       \\/ x = 3 /\\ x' = 2
    /\\ UNCHANGED <<lock, work>>
Each ==
    /\\ \\E d \\in {d \\in {1, 2} : lock[d] > 0} : lock[d] = d + x /\\ x' = d
    /\\ UNCHANGED <<lock, work>>
Assigned ==
    /\\ lock' = lock /\\ x' = x + 1 /\\ work' = work
    /\\ x' \\in {lock'[2], 0}
Nobody == x' \\in {d \\in {1, 2} : lock[d] > 9} /\\ UNCHANGED <<lock, work>>
Deep == work[work[1][1]][2] = 0 /\\ UNCHANGED <<x, lock, work>>
Every == (\\A d \\in {1, 2} : lock[d] < 3) /\\ UNCHANGED <<x, lock, work>>
Init == x = 1 /\\ lock = <<2, 3>> /\\ work = <<<<1, 5>>, <<2, 6>>>>
Next == \\/ \\E v \\in 1..4 : Lock(v) \\/ Nested(v) \\/ Choice(v)
        \\/ Guarded \\/ Ways \\/ Each \\/ Assigned \\/ Nobody \\/ Deep \\/ Every`;

/** The line of BODY with some text, in the module: one for EXTENDS and one for its head. */
const lineOf = (text: string): number =>
  BODY.split("\n").findIndex((line) => line.includes(text)) + 3;

describeTlc("explainRefusal", (tools) => {
  let model: OpenModel;
  beforeAll(async () => {
    const constants = new Map([["N", { value: { type: "int", value: 2 } as const }]]);
    model = await openText(tools, BODY, { constants });
  });

  function explain(name: string, v?: number, change?: (state: Value[]) => void) {
    const [initial] = model.initialStates();
    const state = [...initial];
    change?.(state);
    const refusals = explainRefusal(model, name, new Map(v === undefined ? [] : [["v", v]]), state);
    return refusals?.map(({ place, text, reads }) => ({
      line: place.line,
      text,
      reads: reads.map((read) => `${read.text} is ${read.value}`),
    }));
  }

  it("names the first conjunct that is false, with constants put in, and what it reads", () => {
    const line = lineOf("lock[DomainOf(v)] = 0");
    expect(explain("Lock", 1)).toEqual([{ line, text: "lock[1] = 0", reads: ["lock[1] is 2"] }]);
    expect(explain("Lock", 3)).toEqual([{ line, text: "lock[2] = 0", reads: ["lock[2] is 3"] }]);
    const changed = explain("Lock", 3, (state) => {
      state[0] = 2;
    });
    expect(changed).toEqual([{ line: lineOf("x = 1"), text: "x = 1", reads: ["x is 2"] }]);
  });

  it("finds it in a conjunction inside a conjunct, where the operator's body stands", () => {
    expect(explain("Nested", 3)).toEqual([
      { line: lineOf("Free(d)"), text: "lock[1] = 0", reads: ["lock[1] is 2"] },
    ]);
  });

  it.each([
    [1, "THEN LET", "lock[2] * lock[2] > 9", ["lock[2] is 3"]],
    [0, "CASE x = 0", "lock[1] = 7", ["lock[1] is 2"]],
    [5, "[] OTHER", "lock[2] = 8", ["lock[2] is 3"]],
  ])("finds it in the branch that is taken: x = %i", (x, on, text, reads) => {
    const refusals = explain("Choice", 3, (state) => {
      state[0] = x;
    });
    const line = lineOf(on) + (x === 1 ? 2 : 0);
    expect(refusals).toEqual([{ line, text, reads }]);
  });

  it("finds it in a guard that is an IF or a LET", () => {
    const line = lineOf("IF x = 1 THEN lock[2] = 9");
    expect(explain("Guarded")).toEqual([{ line, text: "lock[2] = 9", reads: ["lock[2] is 3"] }]);
    const passed = explain("Guarded", undefined, (state) => {
      state[0] = 0;
      state[1] = model.theory.table.tuple([9, 3, 0, 0, 1]);
    });
    const text = "lock[work[1][2]] = work[1][2]";
    expect(passed).toEqual([
      { line: line + 1, text, reads: ["work[1][2] is 5", "lock[work[1][2]] is 1"] },
    ]);
  });

  it("has one for each way to take the action, and the same once", () => {
    const line = lineOf("\\/ x = 3 /\\ x' = 0");
    expect(explain("Ways")).toEqual([
      { line, text: "x = 3", reads: ["x is 1"] },
      { line: line + 1, text: "lock[1] = 4", reads: ["lock[1] is 2"] },
      { line: line + 2, text: "x = 3", reads: ["x is 1"] },
    ]);
  });

  it("puts the values of bound names in", () => {
    const line = lineOf("\\E d \\in {d");
    const refusals = explain("Each", undefined, (state) => {
      state[0] = 5;
    });
    expect(refusals).toEqual([
      { line, text: "lock[1] = 1 + x", reads: ["lock[1] is 2", "x is 5"] },
      { line, text: "lock[2] = 2 + x", reads: ["lock[2] is 3", "x is 5"] },
    ]);
  });

  it("tells of a primed variable that was given another value", () => {
    expect(explain("Assigned")).toEqual([
      {
        line: lineOf("x' \\in {lock'[2], 0}"),
        text: "x' \\in {lock'[2], 0}",
        reads: ["x' is 2", "lock'[2] is 3"],
      },
    ]);
  });

  it("tells of a set that has no element to choose", () => {
    const [refusal] = explain("Nobody") ?? [];
    expect(refusal?.text).toBe("x' \\in {d \\in {1, 2} : lock[d] > 9}");
    expect(refusal?.reads).toEqual(["lock is <<2, 3>>"]);
  });

  it("tells of an index that the state gives", () => {
    expect(explain("Deep")?.[0]?.reads).toEqual(["work[1][1] is 1", "work[work[1][1]][2] is 5"]);
  });

  it("names the element of a quantifier over a constant set", () => {
    expect(explain("Every")).toEqual([
      { line: lineOf("\\A d"), text: "lock[2] < 3", reads: ["lock[2] is 3"] },
    ]);
  });

  describe("has nothing to say", () => {
    it("of an action that has a step", () => {
      const free = explain("Lock", 1, (state) => {
        state[1] = model.theory.table.tuple([0, 0]);
      });
      expect(free).toEqual([]);
    });

    it("of an action that is not there", () => {
      expect(explain("Unlock")).toBeUndefined();
      expect(explain("Lock", 5)).toBeUndefined();
    });
  });
});
