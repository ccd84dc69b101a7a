import type {
  Bound,
  BuiltinExpression,
  CaseExpression,
  Definition,
  ExceptExpression,
  Expression,
  QuantifiedExpression,
  ReferenceExpression,
} from "../../module/Expression.js";
import { assertNever } from "../../support/assertNever.js";
import type { Compiler } from "../compile/Compiler.js";
import { builtinNode, constantOf, valueNode, withLevel } from "./build.js";
import {
  conjunction,
  disjunction,
  equation,
  equivalence,
  implication,
  type Use,
} from "./connectives.js";
import { specialiseLet } from "./definitions.js";
import { fold } from "./fold.js";
import { Names } from "./Names.js";
import { bindOperands } from "./operands.js";
import { unroll } from "./unroll.js";

/** Puts values in the place of names, and simplifies what then can be. */
export class Specialiser {
  /**
   * @param enumeratedFrom the level from which on the ways to satisfy an expression are counted:
   *   2 for an action, 1 for an initial predicate, infinity for what is only evaluated
   */
  constructor(
    readonly compiler: Compiler,
    private readonly enumeratedFrom: number = Number.POSITIVE_INFINITY,
  ) {}

  /** @param asTest whether whoever uses the value checks that it is a boolean */
  specialise(expression: Expression, names: Names, asTest = false): Expression {
    switch (expression.kind) {
      case "value":
      case "number":
      case "string":
      case "at":
      case "variable":
        return expression;
      case "constant":
      case "parameter":
      case "definition":
      case "standard":
        return this.reference(expression, names, asTest);
      case "builtin":
        return this.builtin(expression, names, asTest);
      case "forall":
      case "exists":
      case "choose":
      case "filter":
      case "map":
      case "function":
        return this.quantified(expression, names, asTest);
      case "let":
        return specialiseLet(this, expression, names, asTest);
      case "case":
        return this.caseExpression(expression, names, asTest);
      case "except":
        return this.except(expression, names);
      case "operator": {
        const bound = names.bind(expression.parameters.map(({ name }) => name));
        const parameters = expression.parameters.map(({ arity }, index) => {
          return { name: bound.renamed[index], arity };
        });
        const body = this.specialise(expression.body, bound.names);
        return withLevel({ ...expression, parameters, body });
      }
      default:
        return assertNever(expression);
    }
  }

  all(expressions: readonly Expression[], names: Names): readonly Expression[] {
    return expressions.map((expression) => this.specialise(expression, names));
  }

  /** The value of an expression without names and state, or the expression. */
  fold(expression: Expression): Expression {
    return fold(this.compiler, expression);
  }

  /** A definition's body with specialised operands in the place of its parameters. */
  call(
    definition: Definition,
    operands: readonly Expression[],
    site: Names,
    inside: Names,
    asTest: boolean,
  ): Expression {
    const { meanings, names, wrap } = bindOperands(definition, operands, site);
    const body = this.specialise(definition.body, names.within(inside, meanings), asTest);
    return this.fold(wrap(body));
  }

  private reference(expression: ReferenceExpression, names: Names, asTest: boolean): Expression {
    const { name, place } = expression;
    const operands = this.all(expression.operands, names);
    const meaning = names.meaningOf(name);
    switch (meaning?.kind) {
      case "expression":
        return meaning.expression;
      case "name":
        return withLevel({ ...expression, name: meaning.name, operands }, expression.level);
      case "operator": {
        const { parameters, body } = meaning.operator;
        const definition = { name, parameters, body, place, level: body.level, isRecursive: false };
        return this.call(definition, operands, names, Names.empty, asTest);
      }
      case "local":
        return this.call(meaning.definition, operands, names, meaning.names, asTest);
      case undefined:
        return this.global({ ...expression, operands }, names, asTest);
    }
  }

  private global(expression: ReferenceExpression, names: Names, asTest: boolean): Expression {
    const { theory } = this.compiler;
    const { name, operands, place } = expression;
    const value = theory.valueOf(name);
    if (value !== undefined) return valueNode(value, place);
    const definition = theory.definitionOf(name);
    const level = definition?.level ?? (expression.kind === "definition" ? expression.level : 0);
    if (definition === undefined || definition.isRecursive) {
      return this.fold(withLevel({ ...expression, operands }, level));
    }
    return this.call(definition, operands, names, Names.empty, asTest);
  }

  private builtin(expression: BuiltinExpression, names: Names, asTest: boolean): Expression {
    const { operator, place } = expression;
    const use: Use = { asTest, enumeratedFrom: this.enumeratedFrom };
    const tests = () => expression.operands.map((operand) => this.specialise(operand, names, true));
    switch (operator) {
      case "/\\":
        return conjunction(this.upTo(false, expression.operands, names), place, use);
      case "\\/":
        return disjunction(tests(), place, use);
      case "=>": {
        const [left, right] = expression.operands;
        const condition = this.specialise(left, names, true);
        if (constantOf(condition) === false) return valueNode(true, place);
        return implication(condition, this.specialise(right, names, true), place, use);
      }
      case "<=>": {
        const [left, right] = tests();
        return equivalence(left, right, place, use);
      }
      case "~":
        return this.fold(builtinNode("~", tests(), place));
      case "if":
        return this.condition(expression, names, asTest);
      case "=":
      case "#": {
        const [left, right] = this.all(expression.operands, names);
        const folded = this.fold(builtinNode(operator, [left, right], place));
        return folded.kind === "value" ? folded : equation(operator, left, right, place);
      }
      case "apply":
        return this.application(expression, names);
      default:
        return this.fold(builtinNode(operator, this.all(expression.operands, names), place));
    }
  }

  /** The operands as tests, up to one that is a given boolean. */
  private upTo(
    last: boolean,
    operands: readonly Expression[],
    names: Names,
  ): readonly Expression[] {
    const specialised: Expression[] = [];
    for (const operand of operands) {
      const test = this.specialise(operand, names, true);
      specialised.push(test);
      if (constantOf(test) === last) break;
    }
    return specialised;
  }

  private condition(
    { operands: [test, then, otherwise], place }: BuiltinExpression,
    names: Names,
    asTest: boolean,
  ): Expression {
    const condition = this.specialise(test, names, true);
    const value = constantOf(condition);
    if (typeof value === "boolean") {
      return this.specialise(value ? then : otherwise, names, asTest);
    }
    const branches = [then, otherwise].map((branch) => this.specialise(branch, names, asTest));
    return builtinNode("if", [condition, ...branches], place);
  }

  /** A function that is applied to a value at once has only that value. */
  private application(
    { operands: [of, argument], place }: BuiltinExpression,
    names: Names,
  ): Expression {
    const at = this.specialise(argument, names);
    const value = constantOf(at);
    if (of.kind === "function" && value !== undefined) {
      const [bound] = of.bounds;
      const domain = this.specialise(bound.set, names);
      const isKnown = this.contains(domain, at);
      if (of.bounds.length === 1 && bound.names.length === 1 && !bound.isTuple && isKnown) {
        const inner = names.with(bound.names[0], { kind: "expression", expression: at });
        return this.specialise(of.body, inner);
      }
    }
    return this.fold(builtinNode("apply", [this.specialise(of, names), at], place));
  }

  private contains(set: Expression, element: Expression): boolean {
    return constantOf(this.fold(builtinNode("\\in", [element, set], set.place))) === true;
  }

  private quantified(expression: QuantifiedExpression, names: Names, asTest: boolean): Expression {
    const sets = expression.bounds.map(({ set }) => this.specialise(set, names));
    const unrolled = unroll(this, expression, sets, names, {
      asTest,
      enumeratedFrom: this.enumeratedFrom,
    });
    if (unrolled !== undefined) return this.fold(unrolled);
    const bound = names.bind(expression.bounds.flatMap((each) => each.names));
    let used = 0;
    const bounds = expression.bounds.map((each, index): Bound => {
      const renamed = each.names.map(() => bound.renamed[used++]);
      return { names: renamed, isTuple: each.isTuple, set: sets[index] };
    });
    const isTested = ["forall", "exists", "choose", "filter"].includes(expression.kind);
    const body = this.specialise(expression.body, bound.names, isTested);
    return this.fold(withLevel({ ...expression, bounds, body }));
  }

  private caseExpression(expression: CaseExpression, names: Names, asTest: boolean): Expression {
    const arms: CaseExpression["arms"][number][] = [];
    for (const arm of expression.arms) {
      const guard = arm.guard && this.specialise(arm.guard, names, true);
      const known = guard === null ? true : constantOf(guard);
      if (known === false) continue;
      const value = this.specialise(arm.value, names, asTest);
      if (known === true && arms.length === 0) return value;
      arms.push({ guard: known === true ? null : guard, value });
      if (known === true) break;
    }
    return withLevel({ ...expression, arms });
  }

  private except(expression: ExceptExpression, names: Names): Expression {
    const of = this.specialise(expression.of, names);
    const updates = expression.updates.map(({ path, value }) => ({
      path: this.all(path, names),
      value: this.specialise(value, names),
    }));
    return this.fold(withLevel({ ...expression, of, updates }));
  }
}
