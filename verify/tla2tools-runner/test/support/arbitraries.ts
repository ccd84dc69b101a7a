import fc from "fast-check";
import { formatValue, type TextValue, type TlaState, type TlaValue } from "../../src/index.js";

const integer = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }),
);

/** Identifiers that TLC may print as a field, a variable or a model value. */
export const identifier = fc
  .stringMatching(/^[A-Za-z0-9_]{0,3}[A-Za-z_][A-Za-z0-9_]{0,3}$/)
  .filter((name) => !["TRUE", "FALSE", "Nat", "Int", "ANY", "STRING"].includes(name))
  .filter((name) => !["SUBSET", "UNDEF"].includes(name));

/** What TLC prints of sets, functions and operators that it does not enumerate. */
function textAround(inner: fc.Arbitrary<TlaValue>): fc.Arbitrary<TextValue> {
  const texts = fc.tuple(inner, inner, identifier).map(([a, b, name]) => {
    const [one, other] = [formatValue(a), formatValue(b)];
    const operand = a.type === "interval" || a.type === "text" ? `(${one})` : one;
    return [
      "Nat",
      `Seq(${one})`,
      `UNION(${one})`,
      `SUBSET ${operand}`,
      `${one} \\cup ${other}`,
      `${one} \\cap ${other}`,
      `${one} \\ ${other}`,
      `(${one} \\X ${other})`,
      `[${one} -> ${other}]`,
      `[${name}: ${one}, x: ${other}]`,
      `[${name} \\in ${one}, <<x, y>> \\in ${other} |-> <expression line 1, col 2 of M>]`,
      `{${name} \\in ${one} : <expression line 1, col 2 to line 3, col 4 of module M> }`,
      `<Operator ${name}>`,
    ];
  });
  return fc
    .tuple(texts, fc.nat())
    .map(([all, at]) => ({ type: "text", text: all[at % all.length] ?? "Int" }));
}

/** Every value that TLC can print; an interval is never empty and a function neither, as there. */
export const tlaValue: fc.Arbitrary<TlaValue> = fc.letrec<{ value: TlaValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.record({ type: fc.constant("int" as const), value: integer }),
    fc.record({ type: fc.constant("string" as const), value: fc.string({ unit: "binary" }) }),
    fc.record({ type: fc.constant("boolean" as const), value: fc.boolean() }),
    fc.record({ type: fc.constant("model" as const), name: identifier }),
    fc
      .tuple(fc.integer({ min: -9, max: 9 }), fc.nat({ max: 4 }))
      .map(([low, size]) => ({ type: "interval" as const, low, high: low + size })),
    textAround(tie("value")),
    fc.record({ type: fc.constant("set" as const), elements: fc.array(tie("value")) }),
    fc.record({ type: fc.constant("tuple" as const), elements: fc.array(tie("value")) }),
    fc.record({
      type: fc.constant("record" as const),
      fields: fc.uniqueArray(fc.tuple(identifier, tie("value")), { selector: ([name]) => name }),
    }),
    fc.record({
      type: fc.constant("function" as const),
      entries: fc.array(fc.tuple(tie("value"), tie("value")), { minLength: 1 }),
    }),
  ),
})).value;

export const tlaState: fc.Arbitrary<TlaState> = fc
  .uniqueArray(fc.tuple(identifier, tlaValue), { selector: ([name]) => name, minLength: 1 })
  .map((pairs) => new Map(pairs));
