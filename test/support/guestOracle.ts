/**
 * What guests must see when calls come one after the other, written down from FF-A's text and the
 * description of the design, and not from the code: every call is one step on plain data.
 *
 * Of the fixes, a guest whose calls meet no other sees six: PlainCount, RefuseBit31, MapInRxLock,
 * VmsOnNilOnly, FfaIdsOnly and TxIsMapped; who lets the time pass sees RetryOnlyLeft. The others are
 * about what happens between the steps of two calls, or about SPs that are told of VMs.
 */
import type { DomainShape, Fix, MediatorOptions, PartitionInfo } from "../../src/index.js";
import { failed, STATUS, succeeded, UNKNOWN, VERSION_REFUSED, versionOf } from "./answers.js";
import { answerAbout } from "./arbitraries.js";
import { descriptorStatus, entryBytes, headerBytes, headerOf, partsOf } from "./describedBytes.js";

const VERSION = 0x84000063;
const INTERRUPT = 0x84000062;
const FEATURES = 0x84000064;
const RX_RELEASE = 0x84000065;
const RXTX_MAP = [0x84000066, 0xc4000066];
const RXTX_UNMAP = 0x84000067;
const PARTITION_INFO_GET = 0x84000068;
const ID_GET = 0x84000069;
const MEM_SHARE = [0x84000073, 0xc4000073];
const MEM_RECLAIM = 0x84000077;
const MSG_SEND2 = 0x84000086;
/** What FFA_FEATURES knows: these calls, an error and both successes. */
const KNOWN = [
  ...[VERSION, FEATURES, RX_RELEASE, ...RXTX_MAP, RXTX_UNMAP, PARTITION_INFO_GET, ID_GET],
  ...[...MEM_SHARE, MEM_RECLAIM, MSG_SEND2],
];
const FEATURES_KNOWN = [...KNOWN, 0x84000060, 0x84000061, 0xc4000061];

const FF_A_1_0 = 0x10000;
const FF_A_1_2 = 0x10002;

interface Guest {
  readonly shape: DomainShape;
  /** What the last FFA_VERSION settled on, or what is in force before one. */
  settled: number | undefined;
  /** Undefined while negotiation is open; "none" where it is over for good. */
  version: number | "none" | undefined;
  mapped: boolean;
  /** What the guest finds in RX while it owns it. */
  owned: Uint8Array | undefined;
  readonly tx: Uint8Array;
  /** The handles of the memory that SPs have from it. */
  readonly objects: Set<number>;
}

export class GuestOracle {
  /** In the order in which their versions were published. */
  private readonly listed: number[] = [];
  private readonly guests = new Map<number, Guest>();
  /** The domains whose teardown goes on, in order, with the memory that is denied. */
  private readonly waiting: { readonly id: number; readonly denied: ReadonlySet<number> }[] = [];
  /** Those of which an SP keeps memory for good. */
  private readonly lost = new Set<number>();

  constructor(private readonly options: MediatorOptions) {}

  create(shape: DomainShape): void {
    const { choices, version, mappedAtStart, txBytes } = this.options;
    const settled = { none: undefined, oldest: FF_A_1_0, mine: version }[choices.initial];
    this.guests.set(shape.id, {
      ...{ shape, settled, version: undefined, mapped: mappedAtStart, owned: undefined },
      ...{ tx: new Uint8Array(txBytes), objects: new Set() },
    });
  }

  /** Whether a domain of an ID that no guest has can be created. */
  isFree(id: number): boolean {
    return !this.lost.has(id) && this.waiting.every((one) => one.id !== id);
  }

  /** @param answers What SPs say when they are asked for memory. */
  destroy(id: number, answers: readonly number[]): void {
    const { objects } = this.guest(id);
    this.guests.delete(id);
    if (this.listed.includes(id)) this.listed.splice(this.listed.indexOf(id), 1);
    this.askBack(id, objects, answers);
  }

  /** Lets the time pass. @returns Whether anybody waited for that. */
  fire(answers: readonly number[]): boolean {
    const first = this.waiting.shift();
    if (first !== undefined) this.askBack(first.id, first.denied, answers);
    return first !== undefined;
  }

  /** What is denied is asked for again; any other refusal is for good. */
  private askBack(id: number, objects: ReadonlySet<number>, answers: readonly number[]): void {
    const saidOf = (handle: number) => answerAbout(answers, handle);
    const denied = new Set([...objects].filter((handle) => saidOf(handle) === STATUS.DENIED));
    if ([...objects].some((handle) => saidOf(handle) < 0 && !denied.has(handle))) this.lost.add(id);
    const isWaiting = denied.size > 0 || (this.lost.has(id) && !this.has("RetryOnlyLeft"));
    if (isWaiting) this.waiting.push({ id, denied });
  }

  /** The guest writes into TX, from the start; what does not fit is not there. */
  write(id: number, bytes: readonly number[]): void {
    const { tx } = this.guest(id);
    tx.set(bytes.slice(0, tx.length));
  }

  /** What each guest that owns its RX has in it, by domain. */
  get owned(): ReadonlyMap<number, Uint8Array> {
    const all = new Map<number, Uint8Array>();
    for (const [id, { owned }] of this.guests) if (owned) all.set(id, owned);
    return all;
  }

  /** The answer to a call of a guest that is there. @param answers What SPs say meanwhile. */
  call(id: number, words: readonly number[], answers: readonly number[]): readonly number[] {
    const guest = this.guest(id);
    if (this.isKeptAway(guest, words[0])) return UNKNOWN;
    if (words[0] === VERSION) return this.askForVersion(guest, words[1]);
    if (guest.version === undefined && this.ends(words[0])) this.endNegotiation(guest);
    if (guest.version === undefined || guest.version === "none") {
      return failed(STATUS.NOT_SUPPORTED);
    }
    return this.dispatch(guest, guest.version, words, answers);
  }

  /** SMCCC: bit 30 is for 64-bit callers, and bits 29..24 are the owner; 48..63 are trusted. */
  private isKeptAway({ shape }: Guest, functionId: number): boolean {
    const owner = Math.floor(functionId / 2 ** 24) % 64;
    const is64bit = Math.floor(functionId / 2 ** 30) % 2 === 1;
    if (is64bit && shape.is64bit === false) return true;
    const number = functionId - (is64bit ? 0xc4000000 : 0x84000000);
    const isFfa = number >= 0x60 && number <= 0xff;
    return !isFfa && (this.has("FfaIdsOnly") || owner < 48);
  }

  private guest(id: number): Guest {
    const guest = this.guests.get(id);
    if (guest === undefined) throw new Error(`there is no guest ${id}`);
    return guest;
  }

  /** Whether negotiation is over with a call that is not FFA_VERSION. */
  private ends(functionId: number): boolean {
    const { ends } = this.options.choices;
    return ends !== "version" && !(ends === "call-but-interrupt" && functionId === INTERRUPT);
  }

  private endNegotiation(guest: Guest): void {
    if (guest.settled !== undefined) this.publish(guest, guest.settled);
    else if (this.options.choices.early === "closed") guest.version = "none";
  }

  private publish(guest: Guest, version: number): void {
    if (guest.version === undefined && this.options.vmToVm) this.listed.push(guest.shape.id);
    guest.version = version;
  }

  private askForVersion(guest: Guest, word: number): readonly number[] {
    const { ends } = this.options.choices;
    if (guest.version === "none") return VERSION_REFUSED;
    if (guest.version !== undefined && ends !== "never") return this.askAgain(guest.version, word);

    const outcome = this.outcomeOf(word);
    if (outcome === "refuse") return VERSION_REFUSED;
    if (outcome === "keep") return versionOf(this.options.version);
    const settled = outcome === "taken" ? word : this.options.version;
    guest.settled = settled;
    if (ends === "version" || ends === "never") this.publish(guest, settled);
    const { takenAnswer } = this.options.choices;
    return versionOf(takenAnswer === "negotiated" ? settled : this.options.version);
  }

  private outcomeOf(word: number): "taken" | "mine" | "keep" | "refuse" {
    const { choices, version } = this.options;
    if (this.has("RefuseBit31") && word >= 2 ** 31) return "refuse";
    // Without the fix bit 31 is not looked at, so that the word is kept with it.
    const { major, minor } = partsOf(word);
    if (major !== 1) return choices.otherMajor;
    return minor > partsOf(version).minor ? choices.greaterMinor : "taken";
  }

  /** FFA_VERSION behind the end of negotiation; it changes nothing. */
  private askAgain(version: number, word: number): readonly number[] {
    const { choices, version: mine } = this.options;
    if (this.has("RefuseBit31") && word >= 2 ** 31) return VERSION_REFUSED;
    const [asked, negotiated] = [partsOf(word), partsOf(version)];
    switch (choices.laterAnswer) {
      case "mine":
        return versionOf(mine);
      case "negotiated":
        return versionOf(version);
      case "other-refused":
        return word === version ? versionOf(mine) : VERSION_REFUSED;
      case "lower-refused": {
        const notLower = asked.major === negotiated.major && asked.minor >= negotiated.minor;
        return notLower ? versionOf(version) : VERSION_REFUSED;
      }
    }
  }

  private dispatch(
    guest: Guest,
    version: number,
    words: readonly number[],
    answers: readonly number[],
  ): readonly number[] {
    const [functionId] = words;
    if (RXTX_MAP.includes(functionId)) return map(guest, words[3]);
    if (MEM_SHARE.includes(functionId)) return this.share(guest, version, words, answers);
    switch (functionId) {
      case ID_GET:
        return succeeded(guest.shape.id + 1);
      case FEATURES:
        return this.knows(guest, words) ? succeeded() : failed(STATUS.NOT_SUPPORTED);
      case RX_RELEASE:
        if (guest.owned === undefined) return failed(STATUS.DENIED);
        guest.owned = undefined;
        return succeeded();
      case RXTX_UNMAP:
        return this.unmap(guest);
      case MSG_SEND2:
        return this.send(guest, version);
      case MEM_RECLAIM:
        return reclaim(guest, words, answers);
      case PARTITION_INFO_GET:
        return words[5] === 0 ? this.list(guest, version, words) : this.count(version, words);
      default:
        return failed(STATUS.NOT_SUPPORTED);
    }
  }

  private knows({ shape }: Guest, [, id, ...input]: readonly number[]): boolean {
    const { featuresInput, featuresInterrupt } = this.options.choices;
    if (featuresInput === "refused" && input.some((word) => word > 0)) return false;
    if (shape.is64bit === false && id >= 0xc0000000) return false;
    return FEATURES_KNOWN.includes(id) || (id === INTERRUPT && featuresInterrupt === "known");
  }

  /** The SPs that a call asks for, as it is told of them, and whether VMs are meant as well. */
  private asked(words: readonly number[]): { sps: readonly PartitionInfo[]; vms: boolean } {
    const { securePartitions, vmToVm } = this.options;
    const uuid = words.slice(1, 5).join();
    if (uuid === "0,0,0,0") return { sps: securePartitions, vms: vmToVm };
    const sps = securePartitions.filter((info) => info.uuid?.join() === uuid);
    const told = sps.map((info): PartitionInfo => ({ ...info, uuid: [0, 0, 0, 0] }));
    return { sps: told, vms: vmToVm && !this.has("VmsOnNilOnly") };
  }

  private unmap(guest: Guest): readonly number[] {
    if (!guest.mapped) return failed(STATUS.INVALID_PARAMETERS);
    if (guest.owned !== undefined && this.has("MapInRxLock")) return failed(STATUS.DENIED);
    guest.mapped = false;
    guest.owned = undefined;
    return succeeded();
  }

  private send(guest: Guest, version: number): readonly number[] {
    if (!guest.mapped && this.has("TxIsMapped")) return failed(STATUS.DENIED);
    const { version: mine, vmToVm, rxBytes } = this.options;
    const { offset, receiver: to, sender, size } = headerOf(guest.tx);
    // The header is as long as the guest's version has it. A word with bit 31 is greater than any.
    const least = mine >= FF_A_1_2 && version >= FF_A_1_2 ? 40 : 20;
    const isInTx = offset >= least && size > 0 && offset + size <= guest.tx.length;
    const receiver = this.guests.get(to - 1);
    const isForOther = sender === guest.shape.id + 1 && receiver !== guest;
    if (!vmToVm || !isInTx || !isForOther || typeof receiver?.version !== "number") {
      return failed(STATUS.INVALID_PARAMETERS);
    }
    if (!receiver.mapped) return failed(STATUS.DENIED);
    if (receiver.owned !== undefined) return failed(STATUS.BUSY);
    const begin = mine >= FF_A_1_2 ? 40 : 20;
    if (begin + size > rxBytes) return failed(STATUS.NO_MEMORY);
    const payload = guest.tx.slice(offset, offset + size);
    receiver.owned = Uint8Array.of(...headerBytes(begin, begin, to, sender, size), ...payload);
    return succeeded();
  }

  private share(
    guest: Guest,
    version: number,
    [, total, fragment, address]: readonly number[],
    answers: readonly number[],
  ): readonly number[] {
    // TX holds all of it, in one fragment.
    if (address !== 0 || fragment < total) return failed(STATUS.NOT_SUPPORTED);
    if (fragment > total) return failed(STATUS.INVALID_PARAMETERS);
    if (!guest.mapped || fragment > guest.tx.length) return failed(STATUS.DENIED);
    const status = descriptorStatus(guest.tx.slice(0, fragment), version, guest.shape.id + 1);
    if (status !== 0) return failed(status);
    if (guest.objects.size >= this.options.maxShm) return failed(STATUS.NO_MEMORY);
    const said = answerAbout(answers, 0);
    if (said !== 0) return failed(said);
    let handle = 1;
    while (guest.objects.has(handle)) handle++;
    guest.objects.add(handle);
    return succeeded(handle);
  }

  private count(version: number, words: readonly number[]): readonly number[] {
    if (version === FF_A_1_0 || words[5] !== 1) return failed(STATUS.INVALID_PARAMETERS);
    const { sps, vms } = this.asked(words);
    if (isOfNobody(words, sps)) return failed(STATUS.INVALID_PARAMETERS);
    const size = this.has("PlainCount") ? 0 : 24;
    return succeeded(sps.length + (vms ? this.listed.length - 1 : 0), size);
  }

  private list(guest: Guest, version: number, words: readonly number[]): readonly number[] {
    if (!guest.mapped) return failed(STATUS.DENIED);
    if (guest.owned !== undefined) return failed(STATUS.BUSY);
    const asked = this.asked(words);
    if (isOfNobody(words, asked.sps)) return failed(STATUS.INVALID_PARAMETERS);
    const size = version === FF_A_1_0 ? 8 : 24;
    const others = this.listed.filter((id) => asked.vms && id !== guest.shape.id);
    const vms = others.map((id): PartitionInfo => {
      const { shape } = this.guest(id);
      const properties = shape.is64bit === false ? 0x00e : 0x10e;
      return { id: id + 1, executionContexts: shape.vcpus, properties };
    });
    const entries = [...asked.sps, ...vms];
    if (entries.length * size > this.options.rxBytes) return failed(STATUS.NO_MEMORY);
    guest.owned = Uint8Array.from(entries.flatMap((entry) => entryBytes(entry, size)));
    return succeeded(entries.length, size);
  }

  private has(fix: Fix): boolean {
    return this.options.fixes.includes(fix);
  }
}

/** Whether a call is for a UUID, and no SP has it. */
const isOfNobody = (words: readonly number[], sps: readonly PartitionInfo[]): boolean =>
  words.slice(1, 5).some((word) => word > 0) && sps.length === 0;

/** The high half of a handle is in w2, and nobody has been given one with any. */
function reclaim(
  { objects }: Guest,
  [, handle, high]: readonly number[],
  answers: readonly number[],
): readonly number[] {
  if (high !== 0 || !objects.has(handle)) return failed(STATUS.INVALID_PARAMETERS);
  const said = answerAbout(answers, handle);
  if (said !== 0) return failed(said);
  objects.delete(handle);
  return succeeded();
}

/** One page each, and RX is free then. */
function map(guest: Guest, pages: number): readonly number[] {
  if (pages !== 1) return failed(STATUS.INVALID_PARAMETERS);
  if (guest.mapped) return failed(STATUS.DENIED);
  guest.mapped = true;
  return succeeded();
}
