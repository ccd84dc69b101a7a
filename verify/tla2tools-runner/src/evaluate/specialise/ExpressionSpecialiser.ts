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
import { builtinNode, valueNode, withLevel } from "./build.js";
import {
  conjunction,
  disjunction,
  equation,
  equivalence,
  implication,
  type Use,
} from "./connectives.js";
import { constantOf } from "./constantOf.js";
import { specialiseLet } from "./definitions.js";
import { fold } from "./fold.js";
import { Names } from "./Names.js";
import { bindOperands } from "./operands.js";
import type { Specialiser } from "./Specialiser.js";
import { unroll } from "./unroll.js";

/** Puts values in the place of names, and simplifies what then can be. */
export class ExpressionSpecialiser implements Specialiser {
  constructor(readonly compiler: Compiler) {}

  specialise(expression: Expression, names: Names, use: Use = "value"): Expression {
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
        return this.reference(expression, names, use);
      case "builtin":
        return this.builtin(expression, names, use);
      case "forall":
      case "exists":
      case "choose":
      case "filter":
      case "map":
      case "function":
        return this.quantified(expression, names, use);
      case "let":
        return specialiseLet(this, expression, names, use);
      case "case":
        return this.caseExpression(expression, names, use);
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

  fold(expression: Expression): Expression {
    return fold(this.compiler, expression);
  }

  /** A definition's body with specialised operands in the place of its parameters. */
  call(
    definition: Definition,
    operands: readonly Expression[],
    site: Names,
    inside: Names,
    use: Use,
  ): Expression {
    const { meanings, names, wrap } = bindOperands(definition, operands, site);
    const body = this.specialise(definition.body, names.within(inside, meanings), use);
    return use === "action" ? wrap(body) : this.fold(wrap(body));
  }

  private reference(expression: ReferenceExpression, names: Names, use: Use): Expression {
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
        return this.call(definition, operands, names, Names.empty, use);
      }
      case "local":
        return this.call(meaning.definition, operands, names, meaning.names, use);
      case undefined:
        return this.global({ ...expression, operands }, names, use);
    }
  }

  private global(expression: ReferenceExpression, names: Names, use: Use): Expression {
    const { theory } = this.compiler;
    const { name, operands, place } = expression;
    const value = theory.valueOf(name);
    if (value !== undefined) return valueNode(value, place);
    const definition = theory.definitionOf(name);
    const level = definition?.level ?? (expression.kind === "definition" ? expression.level : 0);
    if (definition === undefined || definition.isRecursive) {
      return this.fold(withLevel({ ...expression, operands }, level));
    }
    return this.call(definition, operands, names, Names.empty, use);
  }

  private builtin(expression: BuiltinExpression, names: Names, use: Use): Expression {
    const { operator, place } = expression;
    const inner = use === "action" ? "action" : "test";
    const tests = (as: Use) => expression.operands.map((each) => this.specialise(each, names, as));
    switch (operator) {
      case "/\\":
        return conjunction(this.upToFalse(expression.operands, names, inner), place, use);
      case "\\/":
        return disjunction(tests(inner), place, use);
      case "=>": {
        const [left, right] = expression.operands;
        const condition = this.specialise(left, names, "test");
        if (constantOf(condition) === false) return valueNode(true, place);
        return implication(condition, this.specialise(right, names, inner), place, use);
      }
      case "<=>": {
        const [left, right] = tests("test");
        return equivalence(left, right, place, use);
      }
      case "~":
        return this.fold(builtinNode("~", tests("test"), place));
      case "if":
        return this.condition(expression, names, use);
      case "=":
      case "#": {
        const [left, right] = this.all(expression.operands, names);
        const folded = this.fold(builtinNode(operator, [left, right], place));
        return folded.kind === "value" ? folded : equation(operator, left, right, place);
      }
      case "squareAction":
      case "angleAction":
      case "ENABLED": {
        const [action, ...subscript] = expression.operands;
        const whole = [this.specialise(action, names, inner), ...this.all(subscript, names)];
        return builtinNode(operator, whole, place);
      }
      case "apply":
        return this.application(expression, names);
      default:
        return this.fold(builtinNode(operator, this.all(expression.operands, names), place));
    }
  }

  /** The operands up to one that is FALSE. */
  private upToFalse(
    operands: readonly Expression[],
    names: Names,
    use: Use,
  ): readonly Expression[] {
    const specialised: Expression[] = [];
    for (const operand of operands) {
      const test = this.specialise(operand, names, use);
      specialised.push(test);
      if (constantOf(test) === false) break;
    }
    return specialised;
  }

  private condition(
    { operands: [test, then, otherwise], place }: BuiltinExpression,
    names: Names,
    use: Use,
  ): Expression {
    const condition = this.specialise(test, names, "test");
    const value = constantOf(condition);
    if (typeof value === "boolean") {
      return this.specialise(value ? then : otherwise, names, use);
    }
    const branches = [then, otherwise].map((branch) => this.specialise(branch, names, use));
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

  private quantified(expression: QuantifiedExpression, names: Names, use: Use): Expression {
    const sets = expression.bounds.map(({ set }) => this.specialise(set, names));
    const unrolled = unroll(this, expression, sets, names, use);
    const isAction = use === "action";
    if (unrolled !== undefined) return isAction ? unrolled : this.fold(unrolled);
    const bound = names.bind(expression.bounds.flatMap((each) => each.names));
    let used = 0;
    const bounds = expression.bounds.map((each, index): Bound => {
      const renamed = each.names.map(() => bound.renamed[used++]);
      return { names: renamed, isTuple: each.isTuple, set: sets[index] };
    });
    const isQuantifier = expression.kind === "forall" || expression.kind === "exists";
    const isTested = isQuantifier || expression.kind === "choose" || expression.kind === "filter";
    const bodyUse = isAction && isQuantifier ? "action" : isTested ? "test" : "value";
    const body = this.specialise(expression.body, bound.names, bodyUse);
    const whole = withLevel({ ...expression, bounds, body });
    return isAction ? whole : this.fold(whole);
  }

  private caseExpression(expression: CaseExpression, names: Names, use: Use): Expression {
    const arms: CaseExpression["arms"][number][] = [];
    for (const arm of expression.arms) {
      const guard = arm.guard && this.specialise(arm.guard, names, "test");
      const known = guard === null ? true : constantOf(guard);
      if (known === false) continue;
      const value = this.specialise(arm.value, names, use);
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
