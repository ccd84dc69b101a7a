/**
 * The declared shared state: every location with its kind, its owner and the range of each slot.
 *
 * A slot is one small integer. Whoever keeps shared memory keeps one integer a slot, so a state
 * can be packed into a few machine words from these declarations alone.
 */
import { SyncFault } from "./fault.js";

export type LocationKind =
  | "spinlock"
  | "rwlock"
  | "cell"
  | "counter"
  | "list"
  | "buffer"
  | "guestPage"
  | "domain"
  | "timer"
  | "secureWorld";

export interface Location {
  readonly index: number;
  readonly kind: LocationKind;
  /** The name of the field that the location mirrors, as the C code spells it. */
  readonly name: string;
  /** The domain whose context the location is in, from 1; 0 for what is global. */
  readonly owner: number;
  /** The first slot, and how many there are. A buffer has none: it is output, not state. */
  readonly slot: number;
  readonly slots: number;
  /**
   * For a cell: the values it can hold, a slot holding an index into them. For a secure world: what
   * it may answer.
   */
  readonly values?: readonly number[];
  /**
   * For a cell or a counter: the smallest and the largest value. The largest of what a list, a
   * buffer or a secure world numbers is `high` too.
   */
  readonly low: number;
  readonly high: number;
  /** For a cell that must be accessed as a whole, once a value (`ACCESS_ONCE` in the C code). */
  readonly accessOnce: boolean;
  /** For a cell: the index of the spinlock that a writer must hold. */
  readonly guardedBy?: number;
}

/** Slots of a domain location, counted from its first; what is read together stands together. */
export const INSIDE_SLOT = 0;
export const LIFE_SLOT = 1;
export const HOLDERS_SLOT = 2;
export const REFERENCE_SLOT = 3;

/**
 * Values of the life of a domain location. Between ABSENT and RUNNING a domain may be
 * CREATED, and nobody finds it yet; when its last reference is dropped, nobody finds it any more.
 */
export const ABSENT = 0;
export const RUNNING = 1;
export const PAUSED = 2;
export const CREATED = 3;
export const DROPPED = 4;

/** Slots of a read-write lock: the writer, then the readers as a bit mask. */
export const WRITER_SLOT = 0;
export const READERS_SLOT = 1;

/** A slot of a secure world is a bit mask of so many handles, the first of them in bit 0. */
export const HANDLES_A_SLOT = 16;

interface CellOptions {
  /** The first value is the initial one. */
  readonly values: readonly number[];
  readonly accessOnce?: boolean;
  readonly guardedBy?: Location;
  /** False where the code is known to write without the lock, so that doing so is no fault. */
  readonly enforced?: boolean;
}

/** Collects declarations; the result is plain data. */
export class Layout {
  readonly locations: Location[] = [];
  /** How many values each slot can take, and which it starts with. */
  readonly slotLimits: number[] = [];
  readonly initialSlots: number[] = [];

  /** @param actors How many actors there are, from 1; an owner of a lock is one of them. */
  constructor(readonly actors: number) {
    if (!Number.isInteger(actors) || actors < 1 || actors > 30) {
      throw new SyncFault("ACTORS_OUT_OF_RANGE", "layout", `1..30 actors expected, not ${actors}`);
    }
  }

  spinlock(name: string, owner: number): Location {
    return this.declare("spinlock", name, owner, [this.actors + 1]);
  }

  rwlock(name: string, owner: number): Location {
    return this.declare("rwlock", name, owner, [this.actors + 1, 2 ** (this.actors + 1)]);
  }

  cell(name: string, owner: number, options: CellOptions): Location {
    const { values, accessOnce = false, guardedBy, enforced = true } = options;
    return this.declare("cell", name, owner, [values.length], {
      values,
      accessOnce,
      low: Math.min(...values),
      high: Math.max(...values),
      ...(guardedBy && enforced ? { guardedBy: guardedBy.index } : {}),
    });
  }

  /** A counter of `low`..`high`, starting at 0. */
  counter(name: string, owner: number, low: number, high: number): Location {
    const location = this.declare("counter", name, owner, [high - low + 1], { low, high });
    this.initialSlots[location.slot] = -low;
    return location;
  }

  /** A list of members 1..`members`, with room for all of them. */
  list(name: string, owner: number, members: number): Location {
    return this.declare("list", name, owner, Array(members).fill(members + 1), { high: members });
  }

  /** A buffer of `bytes` bytes. It is written and never read back, so it is not part of a state. */
  buffer(name: string, owner: number, bytes: number): Location {
    return this.declare("buffer", name, owner, [], { high: bytes });
  }

  /** A page of `bytes` bytes that the guest writes, with any of `contents` contents. */
  guestPage(name: string, owner: number, contents: number, bytes: number): Location {
    return this.declare("guestPage", name, owner, [], { low: contents, high: bytes });
  }

  /**
   * A domain: whether it runs, how many of its vCPUs are in the hypervisor, its references, and a
   * bit mask of the actors that have found it and hold it.
   */
  domain(name: string, owner: number, vcpus: number, references: number): Location {
    const limits = [vcpus + 1, DROPPED + 1, 2 ** (this.actors + 1), references + 1];
    return this.declare("domain", name, owner, limits);
  }

  /** A timer: whether it is set. */
  timer(name: string, owner: number): Location {
    return this.declare("timer", name, owner, [2]);
  }

  /**
   * The secure world, as far as one owner has to do with it: what it may answer, and which memory
   * objects it holds, as bit masks. It is beside the context, not in it: what it holds stays when
   * the context is freed.
   *
   * @param answers OK, which is 0, and then the statuses that may come in its place, each below 0.
   *   The last is what a request for an object that is not held gets in place of OK.
   * @param objects How many memory objects it can hold, from 0; their handles are 1..`objects`.
   * @throws SyncFault VALUE_OUT_OF_RANGE
   */
  secureWorld(name: string, owner: number, answers: readonly number[], objects: number): Location {
    const [ok, ...statuses] = answers;
    const isEachOnce = new Set(answers).size === answers.length;
    if (ok !== 0 || !isEachOnce || !statuses.every((each) => Number.isInteger(each) && each < 0)) {
      const expected = "0, then statuses below 0, each once, expected";
      throw new SyncFault("VALUE_OUT_OF_RANGE", name, `${expected}, not ${answers.join(", ")}`);
    }
    if (!Number.isInteger(objects) || objects < 0) {
      throw new SyncFault("VALUE_OUT_OF_RANGE", name, `0 objects or more expected, not ${objects}`);
    }
    const limits = Array.from({ length: Math.ceil(objects / HANDLES_A_SLOT) }, (_, i) => {
      return 2 ** Math.min(HANDLES_A_SLOT, objects - i * HANDLES_A_SLOT);
    });
    return this.declare("secureWorld", name, owner, limits, { values: answers, high: objects });
  }

  private declare(
    kind: LocationKind,
    name: string,
    owner: number,
    limits: readonly number[],
    more: Partial<Location> = {},
  ): Location {
    const location: Location = {
      index: this.locations.length,
      kind,
      name,
      owner,
      slot: this.slotLimits.length,
      slots: limits.length,
      low: 0,
      high: 0,
      accessOnce: false,
      ...more,
    };
    this.locations.push(location);
    this.slotLimits.push(...limits);
    this.initialSlots.push(...limits.map(() => 0));
    return location;
  }
}

/** A location for people: `guest_vers of domain 2`, or `ffa_vm_count`. */
export function describeLocation(location: Location): string {
  return location.owner === 0 ? location.name : `${location.name} of domain ${location.owner}`;
}
