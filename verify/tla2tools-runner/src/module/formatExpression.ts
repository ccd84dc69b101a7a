import { toTlaValue } from "../evaluate/values/tlaValues.js";
import { assertNever } from "../support/assertNever.js";
import { canonicalValue } from "../value/canonicalValue.js";
import { formatString } from "../value/formatString.js";
import { formatValue } from "../value/formatValue.js";
import type {
  Bound,
  BuiltinExpression,
  CaseExpression,
  Definition,
  ExceptExpression,
  Expression,
  OperatorExpression,
  Parameter,
  QuantifiedExpression,
} from "./Expression.js";
import { type OperatorSyntax, operatorSyntax } from "./operatorSyntax.js";

/** A text, and how tightly it holds together. */
interface Piece {
  readonly text: string;
  /** The lowest of its operator, or one of those below. */
  readonly precedence: number;
}

/** What goes on as far to the right as it can, as `\E x \in S : p` does. */
const OPEN = 0;
/** Up to it is all that needs parentheses before `[x]`, `.a` and `'`, which make chains. */
const INFIX = 14;
/** That of `f[x]` and `r.a`. */
const APPLIED = 16;
/** What has brackets of its own or is one word. */
const CLOSED = 20;

/** The precedence of `\in`, with which bounds are written. */
const IN = 5;

const open = (text: string): Piece => ({ text, precedence: OPEN });
const applied = (text: string): Piece => ({ text, precedence: APPLIED });
const closed = (text: string): Piece => ({ text, precedence: CLOSED });

/**
 * Prints an expression on one line, as text that parses to the same tree. Only lists of conjuncts
 * or disjuncts differ: one of three or more needs lines, so it becomes nested ones, and one of a
 * single operand becomes that operand.
 */
export function formatExpression(expression: Expression): string {
  return pieceOf(expression).text;
}

/** Prints an expression, in parentheses unless it holds together more tightly. */
function above(precedence: number, expression: Expression): string {
  const piece = pieceOf(expression);
  return piece.precedence > precedence ? piece.text : `(${piece.text})`;
}

const listed = (expressions: readonly Expression[]): string =>
  expressions.map(formatExpression).join(", ");

function pieceOf(expression: Expression): Piece {
  switch (expression.kind) {
    case "number":
      return closed(String(expression.value));
    case "string":
      return closed(formatString(expression.value));
    case "value":
      return closed(formatValue(canonicalValue(toTlaValue(expression.value))));
    case "at":
      return closed("@");
    case "constant":
    case "variable":
    case "parameter":
    case "definition":
    case "standard":
      return named(expression.name, expression.operands);
    case "builtin":
      return builtinPiece(expression);
    case "let": {
      const definitions = expression.definitions.map(formatDefinition).join(" ");
      return open(`LET ${definitions} IN ${formatExpression(expression.body)}`);
    }
    case "case":
      return open(formatCase(expression));
    case "except":
      return closed(formatExcept(expression));
    case "operator":
      return open(formatOperator(expression));
    default:
      return quantified(expression);
  }
}

function named(name: string, operands: readonly Expression[]): Piece {
  const syntax = operatorSyntax(name);
  if (syntax !== undefined) return withSyntax(name, syntax, operands);
  return closed(operands.length === 0 ? name : `${name}(${listed(operands)})`);
}

function withSyntax(name: string, syntax: OperatorSyntax, operands: readonly Expression[]): Piece {
  const { fix, low, high, isLeftAssociative } = syntax;
  const [first, ...rest] = operands;
  if (first === undefined) return closed(name);
  switch (fix) {
    case "prefix":
      return { text: prefixed(name, high, first), precedence: low };
    case "postfix":
      return { text: above(INFIX, first) + name, precedence: low };
    case "infix": {
      if (rest.length === 0) return pieceOf(first);
      const isChain = isLeftAssociative && isUseOf(name, first);
      const left = isChain ? formatExpression(first) : above(high, first);
      const right = rest.map((operand) => above(high, operand));
      return { text: [left, ...right].join(` ${name} `), precedence: low };
    }
  }
}

/** An operand that is infix gets parentheses even where it needs none: `~(a = b)` reads better. */
function prefixed(name: string, high: number, operand: Expression): string {
  const isTemporal = operand.kind === "builtin" && /^(\[\]|<>|~)$/.test(operand.operator);
  const isBare = isTemporal && /^(\[\]|<>|~)$/.test(name);
  const text = isBare ? formatExpression(operand) : above(Math.max(INFIX, high), operand);
  if (name === "-.") return `-${text}`;
  return /\w$/.test(name) ? `${name} ${text}` : name + text;
}

/** Whether an expression is `a NAME b`. */
function isUseOf(name: string, expression: Expression): boolean {
  if (!("operands" in expression) || expression.operands.length < 2) return false;
  return name === (expression.kind === "builtin" ? expression.operator : expression.name);
}

function builtinPiece({ operator, operands }: BuiltinExpression): Piece {
  const [first, second, third] = operands;
  switch (operator) {
    case "tuple":
      return closed(`<<${listed(operands)}>>`);
    case "set":
      return closed(`{${listed(operands)}}`);
    case "record":
      return closed(`[${fields(operands, "|->")}]`);
    case "recordSet":
      return closed(`[${fields(operands, ":")}]`);
  }
  if (first === undefined || second === undefined) return named(operator, operands);
  switch (operator) {
    case "if": {
      const otherwise = third === undefined ? "" : formatExpression(third);
      return open(`IF ${above(OPEN, first)} THEN ${above(OPEN, second)} ELSE ${otherwise}`);
    }
    case "functionSet":
      return closed(`[${above(IN, first)} -> ${formatExpression(second)}]`);
    case "apply":
      return applied(above(INFIX, first) + indexed(second));
    case "field":
      return applied(`${fieldOwner(first)}.${nameIn(second)}`);
    case "squareAction":
      return closed(`[${formatExpression(first)}]${subscript(second)}`);
    case "angleAction":
      return closed(`<<${formatExpression(first)}>>${subscript(second)}`);
    case "WF":
    case "SF":
      return closed(`${operator}${subscript(first)}(${formatExpression(second)})`);
    default:
      return named(operator, operands);
  }
}

/** The text between brackets: `f[1, 2]` applies to a tuple. */
function indexed(index: Expression): string {
  const isPair =
    index.kind === "builtin" && index.operator === "tuple" && index.operands.length > 1;
  const operands = isPair ? index.operands : [index];
  return `[${operands.map(argument).join(", ")}]`;
}

/** SANY takes `[<<>> \\in S` for the beginning of a function, also behind what is applied. */
function argument(expression: Expression): string {
  return isUseOf("\\in", expression) ? above(IN, expression) : formatExpression(expression);
}

/** `1.a` would begin as a decimal number. */
function fieldOwner(owner: Expression): string {
  return owner.kind === "number" ? `(${owner.value})` : above(INFIX, owner);
}

function nameIn(field: Expression): string {
  return field.kind === "string" ? field.value : formatExpression(field);
}

function fields(operands: readonly Expression[], sign: string): string {
  const texts: string[] = [];
  for (let i = 0; i + 1 < operands.length; i += 2) {
    const [name, value] = [operands[i], operands[i + 1]];
    if (name !== undefined && value !== undefined) {
      texts.push(`${nameIn(name)} ${sign} ${formatExpression(value)}`);
    }
  }
  return texts.join(", ");
}

/** What follows `[A]`, `<<A>>`, `WF` or `SF`. */
function subscript(expression: Expression): string {
  const text = formatExpression(expression);
  const isTuple = expression.kind === "builtin" && expression.operator === "tuple";
  return isTuple || isIdentifier(text) ? `_${text}` : `_(${text})`;
}

function quantified({ kind, bounds, body }: QuantifiedExpression): Piece {
  const bound = bounds.map(formatBound).join(", ");
  const text = formatExpression(body);
  switch (kind) {
    case "forall":
      return open(`\\A ${bound} : ${text}`);
    case "exists":
      return open(`\\E ${bound} : ${text}`);
    case "choose":
      return open(`CHOOSE ${bound} : ${text}`);
    case "filter":
      return closed(`{${bound} : ${text}}`);
    case "map":
      // Without parentheses, `{x \in S : y \in T}` is a filter.
      return closed(`{${above(IN, body)} : ${bound}}`);
    case "function":
      return closed(`[${bound} |-> ${text}]`);
    default:
      return assertNever(kind);
  }
}

function formatBound({ names, isTuple, set }: Bound): string {
  const text = names.join(", ");
  return `${isTuple ? `<<${text}>>` : text} \\in ${above(IN, set)}`;
}

function formatCase({ arms }: CaseExpression): string {
  const texts = arms.map(({ guard, value }) => {
    return `${guard === null ? "OTHER" : above(OPEN, guard)} -> ${above(OPEN, value)}`;
  });
  return `CASE ${texts.join(" [] ")}`;
}

function formatExcept({ of, updates }: ExceptExpression): string {
  const texts = updates.map(({ path, value }) => {
    const steps = path.map((step) =>
      step.kind === "string" && isIdentifier(step.value) ? `.${step.value}` : indexed(step),
    );
    return `!${steps.join("")} = ${above(OPEN, value)}`;
  });
  return `[${above(INFIX, of)} EXCEPT ${texts.join(", ")}]`;
}

function formatOperator({ parameters, body }: OperatorExpression): string {
  if (parameters[0]?.name !== "_1") {
    const names = parameters.map(({ name }) => name).join(", ");
    return `LAMBDA ${names} : ${formatExpression(body)}`;
  }
  const name = body.kind === "builtin" ? body.operator : "name" in body ? body.name : "";
  // `(+)` is another operator than `+` in parentheses.
  return operatorSyntax(name) === undefined ? name : ` ${name} `;
}

function formatDefinition({ name, parameters, body, isRecursive }: Definition): string {
  const head = withParameters(name, parameters.map(formatParameter));
  const declared = isRecursive
    ? `RECURSIVE ${withParameters(
        name,
        parameters.map(() => "_"),
      )} `
    : "";
  return `${declared}${head} == ${formatExpression(body)}`;
}

function formatParameter({ name, arity }: Parameter): string {
  return withParameters(
    name,
    Array.from({ length: arity }, () => "_"),
  );
}

/** A name as it stands where it is defined. */
function withParameters(name: string, parameters: readonly string[]): string {
  const [first, second] = parameters;
  if (first === undefined) return name;
  switch (operatorSyntax(name)?.fix) {
    case "prefix":
      return `${name} ${first}`;
    case "postfix":
      return `${first} ${name}`;
    case "infix":
      return `${first} ${name} ${second}`;
    default:
      return `${name}(${parameters.join(", ")})`;
  }
}

const isIdentifier = (text: string): boolean => /^\w*[A-Za-z]\w*$/.test(text);
