import type { Bound } from "../../module/Expression.js";
import type { Fail } from "../values/Computed.js";
import { toFinite, toSet } from "../values/sets.js";
import { kindOf, Tuple, type Value } from "../values/Value.js";
import type { Compiler } from "./Compiler.js";
import type { Scope } from "./Scope.js";
import type { Env, PartialState } from "./Slot.js";

/** Visits the environments in which names are bound; stops and answers true if `visit` does. */
export type EachBinding = (
  env: Env,
  state: PartialState,
  next: PartialState,
  visit: (inner: Env) => boolean,
) => boolean;

/** Enumerates bounds as TLC does: of several, the first changes fastest. */
export function compileBounds(
  compiler: Compiler,
  bounds: readonly Bound[],
  scope: Scope,
): { readonly inner: Scope; readonly each: EachBinding } {
  // Each name of a bound takes elements of its own, except those of a tuple.
  const loops = bounds.flatMap((bound) => {
    const loop = {
      bound,
      set: compileElements(compiler, bound, scope),
      fail: compiler.theory.failAt(bound.set.place),
    };
    return bound.isTuple ? [loop] : bound.names.map(() => loop);
  });
  const names = bounds.flatMap((bound) => bound.names);
  const each: EachBinding = (env, state, next, visit) => {
    const sets = loops.map(({ set }) => set(env, state, next));
    const chosen: Value[] = new Array(loops.length);
    const choose = (loop: number): boolean => {
      if (loop < 0) {
        let inner = env;
        for (let i = 0; i < loops.length; i += 1) {
          inner = bindElement(inner, loops[i].bound, chosen[i], loops[i].fail);
        }
        return visit(inner);
      }
      for (const element of sets[loop]) {
        chosen[loop] = element;
        if (choose(loop - 1)) return true;
      }
      return false;
    };
    return choose(loops.length - 1);
  };
  return { inner: scope.bind(...names), each };
}

/** The elements of a bound's set. */
function compileElements(
  compiler: Compiler,
  { set }: Bound,
  scope: Scope,
): (env: Env, state: PartialState, next: PartialState) => readonly Value[] {
  const compute = compiler.compile(set, scope);
  const fail = compiler.theory.failAt(set.place);
  const { table } = compiler.theory;
  return (env, state, next) => {
    const any = toSet(compute(env, state, next), "the set of a bound name", fail);
    const { elements } = toFinite(any, table, fail);
    return elements;
  };
}

/** Binds the names of a bound to an element, or to its components, as many as there are names. */
export function bindElement(env: Env, { isTuple, names }: Bound, element: Value, fail: Fail): Env {
  if (!isTuple) return { slot: element, up: env };
  if (!(element instanceof Tuple) || element.elements.length !== names.length) {
    return fail(`the set has ${kindOf(element)} that is no tuple of ${names.length}`);
  }
  return element.elements.reduce<Env>((inner, part) => ({ slot: part, up: inner }), env);
}
