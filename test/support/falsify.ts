/**
 * Falsifies one field of a good outcome at a time: the verdict, the exit code and the message must
 * change. A field that is not compared stands in the table with the reason; one that is in no table
 * does not compile; and a comparison that no field of the table can falsify fails a test.
 */
import { describe, expect, test } from "vitest";
import { type Comparison, differing, exitCodeOf } from "../../verify/support/comparison.js";

/** Another value of a field, what is seen to differ then, and what a command ends with. */
export type Other<V> = readonly [value: V, what: string, exit: 1 | 2];

/** For each field its other values, or why it is not compared. */
export type Fields<T> = { readonly [K in keyof T]-?: readonly Other<T[K]>[] | string };

export interface Falsification<T> {
  readonly good: T;
  readonly compare: (outcome: T) => readonly Comparison[];
  /** What is said of an outcome that is not as expected. */
  readonly say: (outcome: T) => string;
  readonly fields: Fields<T>;
}

export function describeFields<T extends object>(
  name: string,
  { good, compare, say, fields }: Falsification<T>,
): void {
  const changes = Object.entries(fields).flatMap(([field, others]) =>
    typeof others === "string"
      ? []
      : (others as readonly Other<unknown>[]).map(([value, what, exit]) => {
          return { field, what, exit, changed: { ...good, [field]: value } };
        }),
  );

  describe(name, () => {
    test("is as expected as it is", () => {
      expect(differing(compare(good))).toEqual([]);
      expect(exitCodeOf(compare(good))).toBe(0);
    });

    test.each(changes)("$field falsified: $what, exit code $exit", ({ changed, what, exit }) => {
      const found = differing(compare(changed));
      expect(found.map((each) => each.what)).toEqual([what]);
      expect(exitCodeOf(compare(changed))).toBe(exit);
      const said = say(changed);
      for (const part of [what, found[0].expected, found[0].found]) {
        expect(said).toContain(String(part));
      }
    });

    test("has no comparison that no field falsifies", () => {
      const falsified = new Set(changes.map(({ what }) => what));
      expect(compare(good).filter(({ what }) => !falsified.has(what))).toEqual([]);
    });
  });
}
