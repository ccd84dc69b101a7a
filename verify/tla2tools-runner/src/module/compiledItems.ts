/** What a compiled form is not. */
export class MalformedCompiled extends Error {}

type Items = readonly unknown[];

/** Fails with a message about what was found instead. */
export function malformed(expected: string, found: unknown): never {
  const text = JSON.stringify(found) ?? "nothing";
  throw new MalformedCompiled(`${expected} expected, and not ${text.slice(0, 80)}`);
}

export function asText(value: unknown): string {
  return typeof value === "string" ? value : malformed("a text", value);
}

export function asBoolean(value: unknown): boolean {
  return typeof value === "boolean" ? value : malformed("true or false", value);
}

/** An integer from 0. */
export function asCount(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? value
    : malformed("an integer from 0", value);
}

export function asItems(value: unknown): Items {
  return Array.isArray(value) ? value : malformed("a list", value);
}

/** A list of so many items. */
export function asTuple(value: unknown, length: number): Items {
  const items = asItems(value);
  return items.length === length ? items : malformed(`a list of ${length}`, value);
}
