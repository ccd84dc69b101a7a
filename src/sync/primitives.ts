/**
 * The only way for protocol code to touch anything shared. Each function is one step; the names
 * follow the C primitives that they stand for.
 */
import type { Location } from "./layout.js";
import { type Operation, type Protocol, perform } from "./operation.js";

/** A spinlock (`spinlock_t`). Taking it waits until it is free; trying answers 1 or 0. */
export const spinLock = (lock: Location, label: string) => perform(label, "lock", lock.index);
export const spinTryLock = (lock: Location, label: string) => perform(label, "tryLock", lock.index);
export const spinUnlock = (lock: Location, label: string) => perform(label, "unlock", lock.index);

/** A read-write lock (`rwlock_t`): many readers or one writer. */
export const readLock = (lock: Location, label: string) => perform(label, "readLock", lock.index);
export const readUnlock = (lock: Location, label: string) =>
  perform(label, "readUnlock", lock.index);
export const writeLock = (lock: Location, label: string) => perform(label, "writeLock", lock.index);
export const writeUnlock = (lock: Location, label: string) =>
  perform(label, "writeUnlock", lock.index);

/** Reads a cell whose every access is one load or store (`ACCESS_ONCE(x)`). */
export const accessOnce = (cell: Location, label: string) => perform(label, "read", cell.index);

/** Stores to such a cell (`ACCESS_ONCE(x) = value`). */
export const storeOnce = (cell: Location, value: number, label: string) =>
  perform(label, "write", cell.index, value);

/** Reads a cell that a lock protects. */
export const readCell = (cell: Location, label: string) => perform(label, "read", cell.index);

/** Writes a cell that a lock protects. */
export const writeCell = (cell: Location, value: number, label: string) =>
  perform(label, "write", cell.index, value);

/** An atomic counter (`atomic_t`). */
export const atomicRead = (counter: Location, label: string) =>
  perform(label, "read", counter.index);
/** The result is the new value. */
export const atomicAdd = (counter: Location, amount: number, label: string) =>
  perform(label, "add", counter.index, amount);

/** A doubly linked list (`struct list_head`), of members numbered from 1. */
export const listAddTail = (list: Location, member: number, label: string) =>
  perform(label, "append", list.index, member);
export const listDel = (list: Location, member: number, label: string) =>
  perform(label, "unlink", list.index, member);

/** The member behind `member`; the first for 0; 0 behind the last. */
export const listNext = (list: Location, member: number, label: string) =>
  perform(label, "next", list.index, member);

/** Whether `member` is on the list: 1 or 0. */
export const listContains = (list: Location, member: number, label: string) =>
  perform(label, "contains", list.index, member);

/** Takes the first member off the list; 0 when it is empty. */
export const listPop = (list: Location, label: string) => perform(label, "pop", list.index);

/**
 * Copies a page that the guest may be writing, as it is at this moment. The result is the number of
 * the copy, for {@link GuestPages}.
 */
export const copyFromGuest = (page: Location, label: string) => perform(label, "copy", page.index);

/** Writes bytes into a buffer that the guest reads. */
export function* writeBuffer(
  buffer: Location,
  offset: number,
  bytes: Uint8Array,
  label: string,
): Protocol<number> {
  const op: Operation = {
    label,
    kind: "writeBuffer",
    at: buffer.index,
    operand: offset,
    bytes: [...bytes],
  };
  return yield op;
}

/**
 * A domain comes to be, with one reference, the creation's.
 *
 * @param life RUNNING, visible to everybody; or CREATED, when nobody finds it yet.
 */
export const createDomainStep = (domain: Location, life: number, label: string) =>
  perform(label, "create", domain.index, life);

/** A domain that is CREATED becomes visible to everybody. */
export const startDomain = (domain: Location, label: string) =>
  perform(label, "start", domain.index);

/** A vCPU traps into the hypervisor; it waits while its domain does not run. */
export const enterHypervisor = (domain: Location, label: string) =>
  perform(label, "enter", domain.index);

/** A vCPU goes back to its guest. */
export const leaveHypervisor = (domain: Location, label: string) =>
  perform(label, "leave", domain.index);

/** Stops the domain's vCPUs, and waits until none is in the hypervisor (`domain_pause`). */
export const domainPause = (domain: Location, label: string) =>
  perform(label, "pause", domain.index);

/** Takes a reference (`get_domain`); the result is how many there are. */
export const getDomain = (domain: Location, label: string) => perform(label, "get", domain.index);

/**
 * Drops a reference (`put_domain`); with the last one the domain cannot be found any more. The
 * result is how many are left.
 */
export const putDomain = (domain: Location, label: string) => perform(label, "put", domain.index);

/**
 * Finds a domain by its ID and keeps it from being freed (`rcu_lock_domain_by_id`). The result is
 * 1, or 0 when there is none to be found.
 */
export const holdDomain = (domain: Location, label: string) => perform(label, "hold", domain.index);

/** Lets go of such a domain (`rcu_unlock_domain`). */
export const letGoDomain = (domain: Location, label: string) =>
  perform(label, "letGo", domain.index);

/** Interrupts one of the domain's vCPUs (`vgic_inject_irq`). */
export const raiseInterrupt = (domain: Location, label: string) =>
  perform(label, "raise", domain.index);

/** Frees a domain without references; waits until nobody holds it (`call_rcu`). */
export const freeDomainStep = (domain: Location, label: string) =>
  perform(label, "free", domain.index);

/** Sets a timer, for when the context of domain `whose` says (`set_timer`). */
export const setTimer = (timer: Location, whose: number, label: string) =>
  perform(label, "set", timer.index, whose);

/** The time has come: waits until the timer is set, and it no longer is. */
export const fireTimer = (timer: Location, label: string) => perform(label, "fire", timer.index);

/**
 * Tells a secure partition something that it answers with a status (`ffa_simple_call`, with
 * `whom` as the endpoint). The result is the index of the answer among those that are declared: 0
 * for OK.
 */
export const tellSp = (secureWorld: Location, whom: number, label: string) =>
  perform(label, "tell", secureWorld.index, whom);

/**
 * Asks the secure world to take a memory object (`ffa_mem_share`). The result is its handle, the
 * smallest that is free, 1..objects; or, when the secure world refuses, objects + the index of its
 * answer: `secureWorld.values[result - secureWorld.high]` is the status.
 */
export const memShare = (secureWorld: Location, label: string) =>
  perform(label, "share", secureWorld.index);

/**
 * Asks the secure world to give a memory object back (`ffa_secure_reclaim`). The result is the
 * index of its answer: 0 for OK, and then it holds the object no longer. Of an object that it does
 * not hold it never says OK, where it may answer anything else.
 */
export const memReclaim = (secureWorld: Location, handle: number, label: string) =>
  perform(label, "reclaim", secureWorld.index, handle);
