import type { BuiltinExpression } from "../../module/Expression.js";
import type { Compiler } from "../compile/Compiler.js";
import type { Scope } from "../compile/Scope.js";
import type { Test } from "../compile/Slot.js";
import { ActionCompiler, type Assigned } from "./ActionCompiler.js";

/** `ENABLED A`: whether A has a step; variables that it leaves open do not matter. */
export function compileEnabled(
  compiler: Compiler,
  { operands: [action] }: BuiltinExpression,
  scope: Scope,
): Test {
  const step = new ActionCompiler(compiler, "next").compile(action, scope);
  return (env, state) => {
    const next: Assigned = new Array(compiler.theory.variables.length).fill(undefined);
    return step(env, state, next, () => true);
  };
}
