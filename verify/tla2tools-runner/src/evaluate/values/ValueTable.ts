import { compareValues, domainOf, isFunction, type OnUnlike, valuesOf } from "./compareValues.js";
import { type Compound, FiniteSet, Mapping, ModelConstant, Tuple, type Value } from "./Value.js";

const FIRST_CAPACITY = 1 << 10;

/**
 * Makes values, each once: two values are equal in TLA+ exactly if they are the same object. A
 * function on 1..n is a {@link Tuple}. The table has its own order of strings, that in which it
 * meets them, as TLC has.
 */
export class ValueTable {
  private readonly ranks = new Map<string, number>();
  private readonly names = new Map<string, ModelConstant>();
  /** Open addressing; the capacity is a power of two. */
  private slots: (Compound | undefined)[] = new Array(FIRST_CAPACITY);
  private hashes = new Int32Array(FIRST_CAPACITY);
  private free = 0;
  private size = 0;
  private ids = 0;

  readonly emptySet = this.set([], cannotFail);
  readonly emptyTuple = this.tuple([]);

  /** The number of a string or of a model value's name; new ones get the next number. */
  readonly rank = (text: string): number => {
    const known = this.ranks.get(text);
    if (known !== undefined) return known;
    this.ranks.set(text, this.ranks.size);
    return this.ranks.size - 1;
  };

  compare(a: Value, b: Value, onUnlike: OnUnlike): number {
    return compareValues(a, b, this.rank, onUnlike);
  }

  /** Whether two values are equal; of unlike values TLC does not say, and `onUnlike` throws. */
  equal(a: Value, b: Value, onUnlike: OnUnlike): boolean {
    if (a === b) return true;
    if (typeof a !== typeof b || typeof a === "object") checkLike(a, b, onUnlike);
    return false;
  }

  model(name: string): ModelConstant {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    this.rank(name);
    const made = new ModelConstant(this.nextId(), name);
    this.names.set(name, made);
    return made;
  }

  tuple(elements: readonly Value[]): Tuple {
    const hash = this.hashOf(1, elements);
    const known = this.find(hash, undefined, elements, isTuple);
    return known ?? this.insert(hash, new Tuple(this.nextId(), elements));
  }

  /** A set of elements in any order, with duplicates or without. */
  set(elements: readonly Value[], onUnlike: OnUnlike): FiniteSet {
    return this.sortedSet(this.sorted(elements, onUnlike));
  }

  /** A set whose elements are known to be in order and without duplicates. */
  sortedSet(elements: readonly Value[]): FiniteSet {
    const hash = this.hashOf(2, elements);
    const known = this.find(hash, undefined, elements, isSet);
    return known ?? this.insert(hash, new FiniteSet(this.nextId(), elements));
  }

  /** The function that maps `domain.elements[i]` to `values[i]`. */
  mapping(domain: FiniteSet, values: readonly Value[]): Tuple | Mapping {
    if (domain.elements.every((element, index) => element === index + 1)) return this.tuple(values);
    const hash = this.hashOf(domain.id + 3, values);
    const known = this.find(hash, domain, values, isMapping);
    return known ?? this.insert(hash, new Mapping(this.nextId(), domain, values));
  }

  /** The function of some pairs; of two with one key the first counts. */
  mappingOf(pairs: readonly (readonly [Value, Value])[], onUnlike: OnUnlike): Tuple | Mapping {
    const byKey = new Map<Value, Value>();
    for (const [key, value] of pairs) if (!byKey.has(key)) byKey.set(key, value);
    const domain = this.set([...byKey.keys()], onUnlike);
    const values = domain.elements.map((key) => byKey.get(key) as Value);
    return this.mapping(domain, values);
  }

  private sorted(elements: readonly Value[], onUnlike: OnUnlike): readonly Value[] {
    const compare = (a: Value, b: Value) => compareValues(a, b, this.rank, onUnlike);
    let isSorted = true;
    for (let i = 1; i < elements.length && isSorted; i += 1) {
      isSorted = compare(elements[i - 1], elements[i]) < 0;
    }
    if (isSorted) return elements;
    return [...new Set(elements)].sort(compare);
  }

  private hashOf(seed: number, elements: readonly Value[]): number {
    let hash = Math.imul(seed, 0x9e3779b1) ^ elements.length;
    for (let i = 0; i < elements.length; i += 1) {
      hash = Math.imul(hash ^ this.atomHash(elements[i]), 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return hash | 0;
  }

  private atomHash(value: Value): number {
    if (typeof value === "number") return Math.imul(value, 0x27d4eb2f);
    if (typeof value === "string") return Math.imul(this.rank(value) + 1, 0x165667b1);
    if (typeof value === "boolean") return value ? 0x3c6ef372 : 0x5f356495;
    return Math.imul(value.id + 1, 0xc2b2ae35 | 0);
  }

  /** Looks a value up, and leaves in `free` the slot where it would have to go. */
  private find<T extends Tuple | Mapping | FiniteSet>(
    hash: number,
    domain: FiniteSet | undefined,
    parts: readonly Value[],
    isKind: (value: Compound) => value is T,
  ): T | undefined {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let found = this.slots[slot]; found !== undefined; found = this.slots[slot]) {
      if (this.hashes[slot] === hash && isKind(found) && sameLists(found.parts, parts)) {
        if (!(found instanceof Mapping) || found.domain === domain) return found;
      }
      slot = (slot + 1) & mask;
    }
    this.free = slot;
    return undefined;
  }

  private nextId(): number {
    this.ids += 1;
    return this.ids;
  }

  private insert<T extends Compound>(hash: number, made: T): T {
    this.slots[this.free] = made;
    this.hashes[this.free] = hash;
    this.size += 1;
    if (this.size * 2 > this.slots.length) this.grow();
    return made;
  }

  private grow(): void {
    const [oldSlots, oldHashes] = [this.slots, this.hashes];
    this.slots = new Array(oldSlots.length * 2);
    this.hashes = new Int32Array(this.slots.length);
    for (const [index, value] of oldSlots.entries()) {
      if (value === undefined) continue;
      const hash = oldHashes[index];
      let slot = hash & (this.slots.length - 1);
      while (this.slots[slot] !== undefined) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = value;
      this.hashes[slot] = hash;
    }
  }
}

/** Follows TLC's comparison of two values that differ, up to the first difference. */
function checkLike(a: Value, b: Value, onUnlike: OnUnlike): void {
  if (a === b || a instanceof ModelConstant || b instanceof ModelConstant) return;
  if (a instanceof FiniteSet && b instanceof FiniteSet) {
    checkLists(a.elements, b.elements, onUnlike);
  } else if (a instanceof Tuple && b instanceof Tuple) {
    checkLists(a.elements, b.elements, onUnlike);
  } else if (isFunction(a) && isFunction(b)) {
    const [domainA, domainB] = [domainOf(a), domainOf(b)];
    if (sameLists(domainA, domainB)) checkLists(valuesOf(a), valuesOf(b), onUnlike);
    else checkLists(domainA, domainB, onUnlike);
  } else if (typeof a !== typeof b || typeof a === "object") {
    onUnlike(a, b);
  }
}

function checkLists(a: readonly Value[], b: readonly Value[], onUnlike: OnUnlike): void {
  if (a.length !== b.length) return;
  const different = a.findIndex((element, index) => element !== b[index]);
  checkLike(a[different], b[different], onUnlike);
}

function sameLists(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

const isTuple = (value: Compound): value is Tuple => value instanceof Tuple;
const isSet = (value: Compound): value is FiniteSet => value instanceof FiniteSet;
const isMapping = (value: Compound): value is Mapping => value instanceof Mapping;

function cannotFail(): never {
  throw new TypeError("a set of fewer than two elements needs no order");
}
