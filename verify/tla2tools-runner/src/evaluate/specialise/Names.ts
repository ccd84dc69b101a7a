import type { Definition, Expression, OperatorExpression } from "../../module/Expression.js";

/** What a name is replaced by. */
export type Meaning =
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "operator"; readonly operator: OperatorExpression }
  /** A definition of a LET, in the scope where it stands. */
  | { readonly kind: "local"; readonly definition: Definition; readonly names: Names }
  /** A name that stays, as this one. */
  | { readonly kind: "name"; readonly name: string };

/**
 * What names mean where an expression stands, and which names its surroundings bind in the result.
 * Where an operator's body is put in the place of its call, names meet that never did in the text,
 * so a name that is taken is changed.
 */
export class Names {
  static readonly empty = new Names(new Map(), new Set());

  constructor(
    private readonly meanings: ReadonlyMap<string, Meaning>,
    private readonly taken: ReadonlySet<string>,
  ) {}

  meaningOf(name: string): Meaning | undefined {
    return this.meanings.get(name);
  }

  /** The names of a definition's own scope, which sees no others but those of `inside`. */
  within(inside: Names, meanings: ReadonlyMap<string, Meaning>): Names {
    return new Names(new Map([...inside.meanings, ...meanings]), this.taken);
  }

  with(name: string, meaning: Meaning): Names {
    return new Names(new Map([...this.meanings, [name, meaning]]), this.taken);
  }

  /** Binds names in the result; answers how each is called there. */
  bind(bound: readonly string[]): { readonly names: Names; readonly renamed: readonly string[] } {
    const meanings = new Map(this.meanings);
    const taken = new Set(this.taken);
    const renamed = bound.map((name) => {
      const fresh = freshName(name, taken);
      taken.add(fresh);
      meanings.set(name, { kind: "name", name: fresh });
      return fresh;
    });
    return { names: new Names(meanings, taken), renamed };
  }
}

function freshName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let suffix = 2;
  while (taken.has(`${name}_${suffix}`)) suffix += 1;
  return `${name}_${suffix}`;
}
