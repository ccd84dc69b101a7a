/** How an operator that is written as a symbol or a keyword stands with its operands. */
export interface OperatorSyntax {
  readonly fix: "prefix" | "infix" | "postfix";
  /** Its range of precedences; of two operators, the one whose range is higher binds tighter. */
  readonly low: number;
  readonly high: number;
  /** Whether `a + b + c` is `(a + b) + c`; without that it needs parentheses. */
  readonly isLeftAssociative: boolean;
}

type Row = readonly [OperatorSyntax["fix"], number, number, "left" | "none", string];

/** The table of the language; the names are those that SANY has for each operator. */
const ROWS: readonly Row[] = [
  ["infix", 1, 1, "none", "=>"],
  ["infix", 2, 2, "none", "-+-> <=> ~>"],
  ["infix", 3, 3, "left", "/\\ \\/"],
  ["prefix", 4, 4, "none", "~"],
  ["prefix", 4, 15, "none", "ENABLED UNCHANGED [] <>"],
  ["infix", 5, 5, "none", "= # \\in \\notin < > \\leq \\geq \\subseteq \\subset \\supset"],
  ["infix", 5, 5, "none", "\\supseteq \\prec \\succ \\preceq \\succeq \\sqsubset \\sqsupset"],
  ["infix", 5, 5, "none", "\\sqsubseteq \\sqsupseteq \\sim \\simeq \\approx \\cong \\asymp"],
  ["infix", 5, 5, "none", "\\doteq \\propto ::= := |- |= -| =|"],
  ["infix", 5, 14, "left", "\\cdot"],
  ["infix", 6, 6, "left", "@@"],
  ["infix", 7, 7, "none", ":> <:"],
  ["prefix", 8, 8, "none", "SUBSET UNION"],
  ["infix", 8, 8, "left", "\\cup \\cap"],
  ["infix", 8, 8, "none", "\\"],
  ["prefix", 9, 9, "none", "DOMAIN"],
  ["infix", 9, 9, "none", ".. ..."],
  ["infix", 9, 13, "none", "!!"],
  ["infix", 9, 13, "left", "## $ $$ ?? \\sqcap \\sqcup \\uplus"],
  ["infix", 9, 14, "none", "\\wr"],
  ["infix", 10, 10, "left", "\\oplus + ++"],
  ["infix", 10, 11, "none", "%"],
  ["infix", 10, 11, "left", "%% | ||"],
  ["infix", 10, 13, "none", "\\X"],
  ["infix", 11, 11, "left", "\\ominus - --"],
  ["prefix", 12, 12, "none", "-."],
  ["infix", 13, 13, "left", "& && \\odot \\otimes * ** \\bigcirc \\bullet \\o \\star"],
  ["infix", 13, 13, "none", "\\oslash / // \\div"],
  ["infix", 14, 14, "none", "^ ^^"],
  ["postfix", 15, 15, "none", "' ^+ ^* ^#"],
];

const syntaxes: ReadonlyMap<string, OperatorSyntax> = new Map(
  ROWS.flatMap(([fix, low, high, associativity, names]) =>
    names.split(" ").map((name): [string, OperatorSyntax] => {
      return [name, { fix, low, high, isLeftAssociative: associativity === "left" }];
    }),
  ),
);

/** The syntax of an operator's name; undefined for an identifier, which is written `F(a, b)`. */
export function operatorSyntax(name: string): OperatorSyntax | undefined {
  return syntaxes.get(name);
}
