import { pairedBuiltins, plainBuiltins, quantifiers, unsupportedBuiltins } from "./builtinNames.js";
import type {
  Bound,
  CaseExpression,
  Definition,
  ExceptExpression,
  Expression,
  LetExpression,
  Level,
  OperatorExpression,
  Parameter,
  Place,
  QuantifiedExpression,
  ReferenceExpression,
} from "./Expression.js";
import { inTextOrder } from "./inTextOrder.js";
import {
  child,
  hasChild,
  numberOf,
  only,
  type SanyExport,
  textOf,
  unexpectedExport,
} from "./SanyExport.js";
import { standardModules } from "./TlaModule.js";
import type { XmlElement } from "./XmlElement.js";

/** What SANY calls every LAMBDA. */
const LAMBDA = "LAMBDA";

/** What SANY calls an operator of an instance; `!!` is an operator by itself. */
const INSTANCED = /^\w+!/;

/** SANY's numbers for what is declared; others than these occur in proofs alone. */
const DECLARED: ReadonlyMap<string, "constant" | "variable"> = new Map([
  ["2", "constant"],
  ["3", "variable"],
]);

/** What the tree has no room for, by SANY's name of the element. */
const unsupportedElements: ReadonlyMap<string, string> = new Map([
  ["DecimalNode", "a decimal number"],
  ["LabelNode", "a label"],
  ["SubstInNode", "an INSTANCE"],
]);

interface At {
  readonly place: Place;
  readonly level: Level;
}

/**
 * Reads the expressions and definitions of an export as typed trees. Every method throws the
 * ToolError TLA_UNSUPPORTED or SANY_UNEXPECTED_OUTPUT.
 */
export class ExpressionReader {
  /** The parameters by which functions that are defined as `f[x \in S] == e` call themselves. */
  private readonly functionNames = new Set<XmlElement>();

  constructor(private readonly source: SanyExport) {}

  definition(symbol: XmlElement): Definition {
    const name = textOf(symbol, "uniquename");
    if (INSTANCED.test(name)) throw this.source.unsupported("an INSTANCE", symbol);
    const element = only(child(symbol, "body"));
    return {
      name,
      parameters: this.parameters(symbol),
      body: this.expression(element),
      level: this.source.level(symbol),
      isRecursive: hasChild(symbol, "recursive") || this.isRecursiveFunction(element),
      place: this.source.place(symbol),
    };
  }

  expression(element: XmlElement): Expression {
    switch (element.name) {
      case "NumeralNode":
        return { kind: "number", value: this.number(element), ...this.at(element) };
      case "StringNode":
        return { kind: "string", value: textOf(element, "StringValue"), ...this.at(element) };
      case "AtNode":
        return { kind: "at", ...this.at(element) };
      case "LetInNode":
        return this.letExpression(element);
      case "OpArgNode":
        return this.operator(element);
      case "OpApplNode":
        return this.application(element);
      default: {
        const what = unsupportedElements.get(element.name) ?? element.name;
        throw this.source.unsupported(what, element);
      }
    }
  }

  private at(element: XmlElement): At {
    return { place: this.source.place(element), level: this.source.level(element) };
  }

  private number(element: XmlElement): number {
    const value = numberOf(element, "IntValue");
    if (Number.isSafeInteger(value)) return value;
    throw this.source.unsupported("a number beyond 2^53", element);
  }

  private parameters(symbol: XmlElement): Parameter[] {
    return child(symbol, "params").children.map((parameter) => {
      const formal = this.source.symbol(child(parameter, "FormalParamNodeRef"));
      return { name: textOf(formal, "uniquename"), arity: numberOf(formal, "arity") };
    });
  }

  private letExpression(element: XmlElement): LetExpression {
    const symbols = child(element, "opDefs").children.map((ref) => this.source.symbol(ref));
    // All that SANY tells of an instance is what it defines.
    if (symbols.length === 0) throw this.source.unsupported("an INSTANCE of nothing", element);
    return {
      kind: "let",
      definitions: inTextOrder(symbols.map((symbol) => this.definition(symbol))),
      body: this.expression(only(child(element, "body"))),
      ...this.at(element),
    };
  }

  private operator(element: XmlElement): OperatorExpression {
    const reference = only(child(element, "argument"));
    const symbol = this.source.symbol(reference);
    const place = this.source.place(element);
    if (textOf(symbol, "uniquename") === LAMBDA) {
      const { parameters, body, level } = this.definition(symbol);
      return { kind: "operator", parameters, body, place, level };
    }
    const level = hasChild(symbol, "level") ? this.source.level(symbol) : 0;
    const parameters = Array.from({ length: numberOf(symbol, "arity") }, (_, index) => {
      return { name: `_${index + 1}`, arity: 0 };
    });
    const operands = parameters.map(({ name }): Expression => {
      return { kind: "parameter", name, operands: [], place, level: 0 };
    });
    const builtin = plainBuiltins.get(textOf(symbol, "uniquename"));
    const body: Expression =
      reference.name === "BuiltInKindRef" && builtin !== undefined
        ? { kind: "builtin", operator: builtin, operands, place, level }
        : { ...this.named(reference, symbol, element), operands, place, level };
    return { kind: "operator", parameters, body, place, level };
  }

  private application(element: XmlElement): Expression {
    const reference = only(child(element, "operator"));
    const symbol = this.source.symbol(reference);
    if (reference.name === "BuiltInKindRef") {
      return this.builtin(textOf(symbol, "uniquename"), element);
    }
    const operands = this.operands(element);
    return { ...this.named(reference, symbol, element), operands, ...this.at(element) };
  }

  /** What kind of name it is. */
  private named(
    reference: XmlElement,
    symbol: XmlElement,
    user: XmlElement,
  ): Pick<ReferenceExpression, "kind" | "name"> {
    const name = textOf(symbol, "uniquename");
    switch (reference.name) {
      case "FormalParamNodeRef":
        return { kind: this.functionNames.has(symbol) ? "definition" : "parameter", name };
      case "OpDeclNodeRef": {
        const kind = DECLARED.get(textOf(symbol, "kind"));
        if (kind === undefined) break;
        return { kind, name };
      }
      case "UserDefinedOpKindRef": {
        const isStandard = standardModules.has(this.source.place(symbol).module);
        return { kind: isStandard ? "standard" : "definition", name };
      }
    }
    throw this.source.unsupported(`the use of ${name}`, user);
  }

  private builtin(name: string, element: XmlElement): Expression {
    const plain = plainBuiltins.get(name);
    if (plain !== undefined) {
      const operands = this.operands(element);
      return { kind: "builtin", operator: plain, operands, ...this.at(element) };
    }
    const paired = pairedBuiltins.get(name);
    if (paired !== undefined) {
      const operands = this.pairs(element).flat();
      return { kind: "builtin", operator: paired, operands, ...this.at(element) };
    }
    const quantifier = quantifiers.get(name);
    if (quantifier !== undefined) return this.quantified(quantifier, element);
    if (name === "$Case") return this.caseExpression(element);
    if (name === "$Except") return this.exceptExpression(element);
    throw this.source.unsupported(unsupportedBuiltins.get(name) ?? name, element);
  }

  private operands(element: XmlElement): Expression[] {
    return child(element, "operands").children.map((operand) => this.expression(operand));
  }

  /** The operands of a record, each a pair. */
  private pairs(element: XmlElement): Expression[][] {
    return child(element, "operands").children.map((pair) => this.operands(pair));
  }

  private quantified(
    kind: QuantifiedExpression["kind"],
    element: XmlElement,
  ): QuantifiedExpression {
    const symbols = child(element, "boundSymbols").children;
    for (const { name, children } of symbols) {
      // Only a function that calls itself has a name without a set here.
      if (name === "unbound")
        for (const ref of children) this.functionNames.add(this.source.symbol(ref));
    }
    const bounds = symbols.filter(({ name }) => name === "bound").map((bound) => this.bound(bound));
    return {
      kind,
      bounds,
      body: this.expression(only(child(element, "operands"))),
      ...this.at(element),
    };
  }

  private bound(element: XmlElement): Bound {
    const isName = ({ name }: XmlElement) => name === "FormalParamNodeRef";
    const names = element.children.filter(isName);
    const set = element.children.at(-1);
    if (set === undefined || isName(set)) throw unexpectedExport("<bound> without a set");
    return {
      names: names.map((ref) => textOf(this.source.symbol(ref), "uniquename")),
      isTuple: hasChild(element, "tuple"),
      set: this.expression(set),
    };
  }

  private isRecursiveFunction(element: XmlElement): boolean {
    const bound = element.children.find(({ name }) => name === "boundSymbols");
    return bound !== undefined && hasChild(bound, "unbound");
  }

  private caseExpression(element: XmlElement): CaseExpression {
    const arms = child(element, "operands").children.map((pair) => {
      const [guard, value] = twoOf(child(pair, "operands"));
      return {
        guard: isOther(guard) ? null : this.expression(guard),
        value: this.expression(value),
      };
    });
    return { kind: "case", arms, ...this.at(element) };
  }

  private exceptExpression(element: XmlElement): ExceptExpression {
    const [of, ...pairs] = child(element, "operands").children;
    if (of === undefined) throw unexpectedExport("an EXCEPT without operands");
    const updates = pairs.map((pair) => {
      const [path, value] = twoOf(child(pair, "operands"));
      return { path: this.operands(path), value: this.expression(value) };
    });
    return { kind: "except", of: this.expression(of), updates, ...this.at(element) };
  }
}

/** OTHER is exported as a string of this value, which has no place. */
function isOther(guard: XmlElement): boolean {
  return guard.name === "StringNode" && !hasChild(guard, "location");
}

function twoOf(element: XmlElement): [XmlElement, XmlElement] {
  const [first, second] = element.children;
  if (first !== undefined && second !== undefined) return [first, second];
  throw unexpectedExport(`<${element.name}> without two elements`);
}
