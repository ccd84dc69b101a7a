import type { Definition } from "../../module/Expression.js";
import type { Env, Link } from "./Slot.js";

/** What a name stands for: the value at a depth of the environment, or a definition of a LET. */
export type Binding =
  | { readonly kind: "slot"; readonly depth: number }
  | { readonly kind: "local"; readonly definition: Definition; readonly scope: Scope };

/** The names that are bound where an expression stands. Names inside hide those outside. */
export class Scope {
  static readonly empty = new Scope(0, new Map());

  private constructor(
    /** How many slots the environment has. */
    readonly depth: number,
    private readonly bindings: ReadonlyMap<string, Binding>,
  ) {}

  /** With one more slot for each name. */
  bind(...names: readonly string[]): Scope {
    const bindings = new Map(this.bindings);
    for (const [index, name] of names.entries()) {
      bindings.set(name, { kind: "slot", depth: this.depth + index });
    }
    return new Scope(this.depth + names.length, bindings);
  }

  /** With a definition that takes no slot; its body is in the scope that results. */
  define(definition: Definition): Scope {
    const bindings = new Map(this.bindings);
    const scope = new Scope(this.depth, bindings);
    bindings.set(definition.name, { kind: "local", definition, scope });
    return scope;
  }

  /** The names that have a slot, with its depth. */
  *slots(): Iterable<readonly [name: string, depth: number]> {
    for (const [name, binding] of this.bindings) {
      if (binding.kind === "slot") yield [name, binding.depth];
    }
  }

  find(name: string): Binding | undefined {
    return this.bindings.get(name);
  }
}

/** The part of an environment that is `hops` slots further out. */
export function outer(env: Env, hops: number): Env {
  let at = env;
  for (let i = 0; i < hops; i += 1) at = (at as Link).up;
  return at;
}
