/** The parts of a mediator's state under the names that its invariants use. */
import { LIFE_SLOT, type Location, READERS_SLOT, WRITER_SLOT } from "../../../src/sync/index.js";
import type { StateView } from "../../engine/clause.js";
import type { SlotBits } from "../../engine/footprint.js";
import { asProfile } from "../profile.js";
import type { MediatorActor, System } from "../system.js";

/** Where the parts are that a clause may declare. */
export class MediatorParts {
  readonly vcpus: readonly MediatorActor[];
  readonly domains: readonly number[];
  readonly count: SlotBits;
  readonly writer: SlotBits;
  readonly list: readonly SlotBits[];

  constructor(readonly system: System) {
    const { actors, options, state } = system;
    this.vcpus = actors.filter(({ kind }) => kind === "vcpu");
    this.domains = Array.from({ length: options.maxDomains }, (_, i) => i + 1);
    const { vmCount, lock, members } = state.contextList;
    this.count = whole(vmCount.slot);
    this.writer = whole(lock.slot + WRITER_SLOT);
    this.list = Array.from({ length: members.slots }, (_, i) => whole(members.slot + i));
  }

  get hardened(): boolean {
    return this.system.options.design === "hardened";
  }
  get vmToVm(): boolean {
    return this.system.options.vmToVm;
  }
  life = (d: number): SlotBits => whole(this.context(d).domain.slot + LIFE_SLOT);
  dying = (d: number): SlotBits => whole(this.context(d).isDying.slot);
  vers = (d: number): SlotBits => whole(this.context(d).guestVers.slot);
  versTmp = (d: number): SlotBits => whole(this.context(d).guestVersTmp.slot);
  versLock = (d: number): SlotBits => whole(this.context(d).guestVersLock.slot);
  rxLock = (d: number): SlotBits => whole(this.context(d).rxLock.slot);
  rxFree = (d: number): SlotBits => whole(this.context(d).rxIsFree.slot);
  /** Whether one actor is among the readers of the list. */
  reader = (actor: number): SlotBits => ({
    slot: this.system.state.contextList.lock.slot + READERS_SLOT,
    mask: 1 << actor,
  });

  context(d: number) {
    return this.system.state.contexts[d];
  }

  /** The value of a cell or a counter, as the code sees it. */
  value(state: StateView, at: Location): number {
    const code = state.code(at.slot);
    return at.values ? at.values[code] : code + at.low;
  }

  members(state: StateView): readonly number[] {
    const codes = this.list.map(({ slot }) => state.code(slot));
    return codes.slice(0, codes.includes(0) ? codes.indexOf(0) : codes.length);
  }

  listed = (state: StateView, d: number): boolean => this.members(state).includes(d);
  /** `guest_vers`; 0 while there is none. */
  versOf = (state: StateView, d: number): number => this.value(state, this.context(d).guestVers);
  versTmpOf = (state: StateView, d: number): number =>
    this.value(state, this.context(d).guestVersTmp);
  lifeOf = (state: StateView, d: number): number => state.code(this.life(d).slot);
  isDying = (state: StateView, d: number): boolean =>
    this.value(state, this.context(d).isDying) === 1;
}

const whole = (slot: number): SlotBits => ({ slot, mask: -1 });

/** The label of the action that an actor takes next. */
export const pcOf = (state: StateView, actor: number): string =>
  asProfile(state.profile(actor)).pc.slice(1, -1);

/** A call or an answer as the model writes it: `<<"SUCCESS", 1, 24>>`. */
export interface Told {
  readonly name: string;
  readonly first: number;
}

const WALK = /^<<\d+, (\d+), <</;

/** The domain on whose context a vCPU stands that walks the list; 0 before the first. */
export function visitedOf(state: StateView, actor: number): number {
  return Number(WALK.exec(asProfile(state.profile(actor)).work)?.[1] ?? 0);
}

const TUPLE = /^<<"(\w+)", (-?\d+)/;

/** The call of a vCPU, or its answer; null when there is none. */
export function toldOf(state: StateView, actor: number, what: "call" | "answer"): Told | null {
  const found = TUPLE.exec(asProfile(state.profile(actor))[what]);
  return found === null ? null : { name: found[1], first: Number(found[2]) };
}
