import type { Builtin, QuantifiedExpression } from "./Expression.js";

/** The operators whose operands are exported as they are, by SANY's names. */
export const plainBuiltins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["TRUE", "TRUE"],
  ["FALSE", "FALSE"],
  ["BOOLEAN", "BOOLEAN"],
  ["STRING", "STRING"],
  ["=", "="],
  ["/=", "#"],
  ["\\lnot", "~"],
  ["\\land", "/\\"],
  ["$ConjList", "/\\"],
  ["\\lor", "\\/"],
  ["$DisjList", "\\/"],
  ["=>", "=>"],
  ["\\equiv", "<=>"],
  ["\\in", "\\in"],
  ["\\notin", "\\notin"],
  ["\\subseteq", "\\subseteq"],
  ["\\union", "\\cup"],
  ["\\intersect", "\\cap"],
  ["\\", "\\"],
  ["SUBSET", "SUBSET"],
  ["UNION", "UNION"],
  ["DOMAIN", "DOMAIN"],
  ["$CartesianProd", "\\X"],
  ["$IfThenElse", "if"],
  ["$Tuple", "tuple"],
  ["$SetEnumerate", "set"],
  ["$SetOfFcns", "functionSet"],
  ["$FcnApply", "apply"],
  ["$RcdSelect", "field"],
  ["'", "'"],
  ["UNCHANGED", "UNCHANGED"],
  ["ENABLED", "ENABLED"],
  ["\\cdot", "\\cdot"],
  ["$SquareAct", "squareAction"],
  ["$AngleAct", "angleAction"],
  ["[]", "[]"],
  ["<>", "<>"],
  ["~>", "~>"],
  ["-+->", "-+->"],
  ["$WF", "WF"],
  ["$SF", "SF"],
]);

/** The operators whose operands are exported as pairs of a field's name and a value. */
export const pairedBuiltins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["$RcdConstructor", "record"],
  ["$SetOfRcds", "recordSet"],
]);

/** The operators that bind names to elements of sets. */
export const quantifiers: ReadonlyMap<string, QuantifiedExpression["kind"]> = new Map<
  string,
  QuantifiedExpression["kind"]
>([
  ["$BoundedForall", "forall"],
  ["$BoundedExists", "exists"],
  ["$BoundedChoose", "choose"],
  ["$SubsetOf", "filter"],
  ["$SetOfAll", "map"],
  ["$FcnConstructor", "function"],
  ["$NonRecursiveFcnSpec", "function"],
  ["$RecursiveFcnSpec", "function"],
]);

/** What the tree has no room for, in words. */
export const unsupportedBuiltins: ReadonlyMap<string, string> = new Map([
  ["$UnboundedForall", "a \\A without a set"],
  ["$UnboundedExists", "an \\E without a set"],
  ["$UnboundedChoose", "a CHOOSE without a set"],
  ["$TemporalForall", "a temporal quantifier"],
  ["$TemporalExists", "a temporal quantifier"],
]);
