/**
 * A TLA+ value as TLC prints it. The type keeps the printed form: `1..2` and `{1, 2}` are two
 * values of this type although TLA+ says they are equal; `valuesEqual` knows that.
 */
export type TlaValue =
  | IntValue
  | StringValue
  | BooleanValue
  | ModelValue
  | SetValue
  | TupleValue
  | RecordValue
  | FunctionValue
  | IntervalValue
  | TextValue;

/** An integer; a bigint only where a number would lose digits (TLC itself knows 32 bits). */
export interface IntValue {
  readonly type: "int";
  readonly value: number | bigint;
}

/** A string, with its escapes resolved. */
export interface StringValue {
  readonly type: "string";
  readonly value: string;
}

export interface BooleanValue {
  readonly type: "boolean";
  readonly value: boolean;
}

/** A model value: an identifier that is equal to itself alone. */
export interface ModelValue {
  readonly type: "model";
  readonly name: string;
}

/** A set by its elements, in the order printed, which has no meaning. */
export interface SetValue {
  readonly type: "set";
  readonly elements: readonly TlaValue[];
}

/** A tuple or sequence; its first element has index 1 in TLA+. */
export interface TupleValue {
  readonly type: "tuple";
  readonly elements: readonly TlaValue[];
}

/** A record, fields in the order printed, which has no meaning. */
export interface RecordValue {
  readonly type: "record";
  readonly fields: readonly (readonly [name: string, value: TlaValue])[];
}

/** A function as `k1 :> v1 @@ k2 :> v2`; of two entries with one key the first one counts. */
export interface FunctionValue {
  readonly type: "function";
  readonly entries: readonly (readonly [key: TlaValue, value: TlaValue])[];
}

/** The set of the integers from `low` to `high`, both included; empty if `low > high`. */
export interface IntervalValue {
  readonly type: "interval";
  readonly low: number | bigint;
  readonly high: number | bigint;
}

/**
 * What TLC prints of a value that it does not enumerate, such as `SUBSET (1..20)`, `[S -> T]`,
 * `Nat` or `<Operator F>`, on one line. Only the same text is equal to it: nothing else is known.
 */
export interface TextValue {
  readonly type: "text";
  readonly text: string;
}

/** A state: each variable's value, in the order TLC prints them (alphabetical). */
export type TlaState = ReadonlyMap<string, TlaValue>;
