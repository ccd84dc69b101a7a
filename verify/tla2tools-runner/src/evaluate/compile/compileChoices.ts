import type { CaseExpression, LetExpression } from "../../module/Expression.js";
import type { Compiler } from "./Compiler.js";
import type { Scope } from "./Scope.js";
import { Cell, type Compute, type Env, type Link } from "./Slot.js";

/** LET: definitions without parameters get a slot each, the others none. */
export function compileLet(compiler: Compiler, expression: LetExpression, scope: Scope): Compute {
  const { extend, inner } = compileDefinitions(compiler, expression, scope);
  const body = compiler.compile(expression.body, inner);
  return (env, state, next) => body(extend(env), state, next);
}

/** The scope inside a LET, and what makes the environment that goes with it. */
export function compileDefinitions(
  compiler: Compiler,
  { definitions }: LetExpression,
  scope: Scope,
): { readonly inner: Scope; readonly extend: (env: Env) => Env } {
  let inner = scope;
  const extenders: ((env: Env) => Env)[] = [];
  for (const definition of definitions) {
    if (definition.parameters.length > 0) {
      inner = inner.define(definition);
      continue;
    }
    const outside = inner;
    inner = inner.bind(definition.name);
    const body = compiler.compileBody(definition, definition.isRecursive ? inner : outside);
    const { level } = definition;
    const { stableLevel } = compiler;
    if (definition.isRecursive) extenders.push((env) => recursiveSlot(body, env, compiler, level));
    else extenders.push((env) => ({ slot: new Cell(body, env, level, stableLevel), up: env }));
  }
  return { inner, extend: (env) => extenders.reduce((made, extender) => extender(made), env) };
}

/** A function that calls itself has itself in its environment. */
function recursiveSlot(
  body: Compute,
  up: Env,
  { stableLevel }: Compiler,
  level: LetExpression["level"],
): Link {
  const link: { slot: Link["slot"]; up: Env } = { slot: false, up };
  link.slot = new Cell(body, link, level, stableLevel);
  return link;
}

export function compileCase(compiler: Compiler, expression: CaseExpression, scope: Scope): Compute {
  const fail = compiler.theory.failAt(expression.place);
  const arms = expression.arms.map(({ guard, value }) => ({
    test: guard === null ? () => true : compiler.compileTest(guard, scope, "the guard of a CASE"),
    value: compiler.compile(value, scope),
  }));
  return (env, state, next) => {
    for (const { test, value } of arms) {
      if (test(env, state, next)) return value(env, state, next);
    }
    return fail("no arm of the CASE is true");
  };
}
