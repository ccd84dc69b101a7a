import { beforeAll, expect, it } from "vitest";
import { evaluate, specialise, Theory, ToolError } from "../../src/index.js";
import { asDefinitions, definitionNamed, parseText } from "../support/evaluating.js";
import { describeTlc } from "../support/realTlc.js";
import { PREAMBLE } from "./expressions.js";

/** Expressions that have no value in TLC, what is said of them, and the text to which that points. */
const ERRORS: readonly (readonly [text: string, what: string, at: string])[] = [
  // Unlike values
  ['1 = "a"', "an integer and a string are compared", '1 = "a"'],
  ["1 # TRUE", "an integer and a boolean are compared", "1 # TRUE"],
  ["{1} = 1", "a set and an integer are compared", "{1} = 1"],
  ["<<1>> = {1}", "a tuple and a set are compared", "<<1>> = {1}"],
  ["<<1, 2>> = <<1, TRUE>>", "an integer and a boolean are compared", "<<1, 2>> = "],
  ['{1} = {"a"}', "an integer and a string are compared", "{1} = "],
  ["<<1>> = [a |-> 1]", "an integer and a string are compared", "<<1>> = "],
  ['[a |-> 1] = [a |-> "x"]', "an integer and a string are compared", "[a |-> 1] = "],
  ["{1, TRUE}", "an integer and a boolean are compared", "{1"],
  ['{1} \\cup {"a"}', "an integer and a string are compared", "{1} "],
  ['"a" \\in {1, 2}', "a string and an integer are compared", '"a" '],
  ['"a" \\in 1..2', "a string and an integer are compared", '"a" '],
  ['"a" \\notin Nat', "a string and an integer are compared", '"a" '],
  ["1 \\in STRING", "an integer and a string are compared", "1 "],
  ["1 \\in Seq({1})", "an integer is compared with sequences", "1 "],
  ["1 \\in [{1} -> {1}]", "an integer is compared with functions", "1 "],
  ["1 \\in SUBSET {1}", "an integer is compared with sets", "1 "],
  // No set, no function, no boolean
  ["1 \\in 1", "the right operand of \\in is an integer and not a set", "1 "],
  ["1 \\subseteq {1}", "the left operand of \\subseteq is an integer and not a set", "1 "],
  ["{1} \\cap 1", "the right operand of \\cap is an integer and not a set", "{1} "],
  ["UNION {1}", "UNION is applied to a set with an integer", "UNION"],
  ["SUBSET 1", "the operand of SUBSET is an integer and not a set", "SUBSET"],
  ["\\A i \\in 1 : TRUE", "the set of a bound name is an integer and not a set", "1 "],
  ["1[2]", "an integer is applied as a function", "1["],
  ["DOMAIN 1", "DOMAIN is applied to an integer", "DOMAIN"],
  ["[1 EXCEPT ![2] = 3]", "EXCEPT is applied to an integer and not to a function", "[1"],
  ["1 /\\ TRUE", "an operand of /\\ is an integer and not a boolean", "1 "],
  ["TRUE /\\ 1", "an operand of /\\ is an integer and not a boolean", "1"],
  ["FALSE \\/ 1", "an operand of \\/ is an integer and not a boolean", "1"],
  ["TRUE => 1", "an operand of => is an integer and not a boolean", "1"],
  ["~1", "an operand of ~ is an integer and not a boolean", "1"],
  ["TRUE <=> 1", "an operand of <=> is an integer and not a boolean", "1"],
  ["IF 1 THEN 2 ELSE 3", "the condition of an IF is an integer and not a boolean", "1 "],
  ["CASE 1 -> 2", "the guard of a CASE is an integer and not a boolean", "1 "],
  ["\\E i \\in {1} : 5", "the body of a quantifier is an integer and not a boolean", "5"],
  ["{i \\in {1} : i}", "the body of {x \\in S : P} is an integer and not a boolean", "i}"],
  // Outside of a domain
  ["<<1, 2>>[3]", "the index 3 is outside of a tuple of 2", "<<1"],
  ["<<1, 2>>[0]", "the index 0 is outside of a tuple of 2", "<<1"],
  ["<<1>>[TRUE]", "the index TRUE is outside of a tuple of 1", "<<1"],
  ["[a |-> 1].b", 'the argument "b" is outside of the function\'s domain', "[a"],
  ["[i \\in 2..3 |-> i][1]", "the argument 1 is outside of the function's domain", "[i"],
  ["Fact[6]", "the argument 6 is outside of the function's domain", "Fact[6"],
  ["CASE FALSE -> 1", "no arm of the CASE is true", "CASE"],
  ["CHOOSE i \\in {1} : i > 1", "no element satisfies the body of the CHOOSE", "CHOOSE"],
  ["\\A <<a, b>> \\in {<<1>>} : TRUE", "the set has a tuple that is no tuple of 2", "{<<"],
  // Arithmetic
  ["1 \\div 0", "the divisor is 0", "1 "],
  ["1 % 0", "the right operand of % is not positive", "1 "],
  ["1 % (-2)", "the right operand of % is not positive", "1 "],
  ["2147483647 + 1", "the result of + does not fit into 32 bits", "2147"],
  ["-2147483647 - 2", "the result of - does not fit into 32 bits", "-2147"],
  ["65536 * 65536", "the result of * does not fit into 32 bits", "65536 "],
  ["2^31", "the result of ^ does not fit into 32 bits", "2^"],
  ["2^(-1)", "the exponent is negative", "2^"],
  ["0^0", "0^0 has no value", "0^"],
  ['1 + "a"', "an operand is a string", "1 "],
  // Sequences and sets
  ["Head(<<>>)", "Head is applied to the empty sequence", "Head"],
  ["Tail(<<>>)", "Tail is applied to the empty sequence", "Tail"],
  ["SubSeq(<<1>>, 1, 2)", "1..2 is outside of a sequence of 1", "SubSeq"],
  ["Append(1, 2)", "an integer is used as a sequence", "Append"],
  ["SelectSeq(<<1>>, LAMBDA i : i)", "the operator of SelectSeq gives an integer", "SelectSeq"],
  ["Cardinality(Nat)", "the set Nat is not finite", "Cardinality"],
  ["Cardinality(SUBSET (1..31))", "has more elements than 32 bits can count", "Cardinality"],
  ["\\A i \\in Nat : i >= 0", "the set Nat has too many elements to be enumerated", "Nat"],
  ["{i \\in SUBSET (1..30) : TRUE}", "has too many elements to be enumerated", "{i"],
  ["1 @@ <<2>>", "@@ is applied to an integer", "1 "],
  // An error in what is not evaluated in other cases
  ["1 \\div 0 = 1 /\\ FALSE", "the divisor is 0", "1 "],
  ["FALSE \\/ 1 \\div 0 = 1", "the divisor is 0", "1 \\div"],
  ["Unused(1, 1 \\div 0)", "the divisor is 0", "1 \\div"],
  ["{1, 2} = {1, 1 \\div 0}", "the divisor is 0", "1 \\div"],
];

const OTHERS: readonly (readonly [text: string, code: string, what: string])[] = [
  ['Assert(1 = 2, <<"oops", 3>>)', "TLA_ASSERTION", '<<"oops", 3>>'],
  ["TLCGet(1)", "TLA_NOT_EVALUATED", "TLCGet is not evaluated: it is not a function of the state"],
  ["RandomElement({1})", "TLA_NOT_EVALUATED", "RandomElement is not evaluated"],
  ["x = x'", "TLA_EVALUATION", "the variable x has no value here: there is no such state"],
  ["Unbound", "TLA_EVALUATION", "Unbound has no value"],
  ["Endless(1)", "TLA_EVALUATION", "the evaluation goes deeper than the stack allows"],
  ["[](x = 1)", "TLA_NOT_EVALUATED", "[] is not evaluated"],
];

const preamble = `${PREAMBLE}\nVARIABLE x\nCONSTANT Unbound\nRECURSIVE Endless(_)\nEndless(n) == Endless(n + 0)`;

describeTlc("evaluate refuses what TLC refuses", (tools) => {
  let theory: Theory;
  beforeAll(async () => {
    const texts = [...ERRORS, ...OTHERS].map(([text]) => text);
    theory = new Theory({
      ...(await parseText(tools, asDefinitions(preamble, texts))),
      files: new Map([["Model", "where/Model.tla"]]),
    });
  });

  /** The error of an expression as it is, and of the same specialised. */
  function errorsOf(index: number): readonly (ToolError | undefined)[] {
    const { body } = definitionNamed(theory, `E${index}`);
    return [body, specialise(body, { theory })].map((each) => {
      try {
        evaluate(each, { theory });
        return undefined;
      } catch (error) {
        if (error instanceof ToolError) return error;
        throw error;
      }
    });
  }

  it.each(ERRORS.map((row, index) => ({ row, index, text: row[0] })))("$text", ({ row, index }) => {
    const [text, what, at] = row;
    const line = definitionNamed(theory, `E${index}`).body.place.line;
    const column = `E${index} == `.length + text.indexOf(at) + 1;
    const errors = errorsOf(index);
    expect(errors[0]?.what).toContain(what);
    for (const error of errors) {
      expect(error?.code).toBe("TLA_EVALUATION");
      expect(error?.where).toBe(`where/Model.tla:${line}:${column}`);
    }
  });

  it.each(OTHERS.map((row, index) => ({ row, index: ERRORS.length + index, text: row[0] })))(
    "$text",
    ({ row: [, code, what], index }) => {
      for (const error of errorsOf(index)) {
        expect(error).toMatchObject({ code, what: expect.stringContaining(what) });
      }
    },
  );
});
