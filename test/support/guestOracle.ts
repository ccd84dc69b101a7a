/**
 * What guests must see when calls come one after the other, written down from FF-A's text and the
 * description of the design, and not from the code: every call is one step on plain data.
 */
import type { DomainShape, MediatorOptions } from "../../src/index.js";

const ERROR = 0x84000060;
const SUCCESS = 0x84000061;
const VERSION = 0x84000063;
const FEATURES = 0x84000064;
const INTERRUPT = 0x84000062;
const RX_RELEASE = 0x84000065;
const RXTX_MAP = [0x84000066, 0xc4000066];
const RXTX_UNMAP = 0x84000067;
const PARTITION_INFO_GET = 0x84000068;
const ID_GET = 0x84000069;
/** What FFA_FEATURES knows: the functions above, and success with 64-bit registers. */
const KNOWN = [
  ERROR,
  SUCCESS,
  0xc4000061,
  VERSION,
  FEATURES,
  RX_RELEASE,
  ...RXTX_MAP,
  RXTX_UNMAP,
  PARTITION_INFO_GET,
  ID_GET,
];

interface Guest {
  readonly shape: DomainShape;
  /** The word that the last FFA_VERSION settled on; undefined while none is in force. */
  requested: number | undefined;
  version: number | undefined;
  /** Negotiation is over, and there is no version. */
  closed: boolean;
  rx: "unmapped" | "free" | "owned";
}

export class GuestOracle {
  /** In the order in which their versions were published. */
  private readonly listed: number[] = [];
  private readonly guests = new Map<number, Guest>();

  constructor(private readonly options: MediatorOptions) {}

  create(shape: DomainShape): void {
    const { choices, version, mappedAtStart } = this.options;
    const inForce = { none: undefined, oldest: 0x10000, mine: version };
    this.guests.set(shape.id, {
      shape,
      requested: inForce[choices.initial],
      version: undefined,
      closed: false,
      rx: mappedAtStart ? "free" : "unmapped",
    });
  }

  destroy(id: number): void {
    this.guests.delete(id);
    if (this.listed.includes(id)) this.listed.splice(this.listed.indexOf(id), 1);
  }

  /** The answer, and for a listing the bytes that the guest finds in RX. */
  call(id: number, words: readonly number[]): { answer: readonly number[]; rx?: Uint8Array } {
    const guest = this.guests.get(id) as Guest;
    const { ends, early } = this.options.choices;
    const asks = words[0] === VERSION;
    if (guest.closed) return { answer: asks ? answerOf(-1) : error(-1) };
    if (asks && (guest.version === undefined || ends === "never")) {
      return { answer: this.negotiate(guest, words[1]) };
    }
    if (guest.version === undefined) {
      const leavesOpen = ends === "call-but-interrupt" && words[0] === INTERRUPT;
      if (ends === "version" || leavesOpen) return { answer: error(-1) };
      guest.closed = guest.requested === undefined && early === "closed";
      if (guest.requested === undefined) return { answer: error(-1) };
      this.publish(guest, guest.requested);
    }
    if (words[0] === PARTITION_INFO_GET && words[5] === 0) return this.list(guest);
    return { answer: this.dispatch(guest, guest.version as number, words) };
  }

  private negotiate(guest: Guest, word: number): readonly number[] {
    const { version, fixes, choices } = this.options;
    const [major, minor] = [Math.floor(word / 65536) % 32768, word % 65536];
    const spoken = major === 1 && minor <= version % 65536;
    const unspoken = major === 1 ? choices.greaterMinor : choices.otherMajor;
    const refused = word >= 2 ** 31 && fixes.includes("RefuseBit31");
    if (refused || (!spoken && unspoken === "refuse")) return answerOf(-1);
    if (!spoken && unspoken === "keep") return answerOf(version);
    // Posted: bit 31 is not looked at, so that the word is kept with it.
    guest.requested = spoken ? word : version;
    const { ends, takenAnswer } = choices;
    if (ends === "version" || ends === "never") this.publish(guest, guest.requested);
    return answerOf(takenAnswer === "negotiated" ? guest.requested : version);
  }

  private publish(guest: Guest, version: number): void {
    const { id } = guest.shape;
    if (this.options.vmToVm && guest.version === undefined) this.listed.push(id);
    guest.version = version;
  }

  private dispatch(guest: Guest, version: number, words: readonly number[]): readonly number[] {
    switch (words[0]) {
      case VERSION:
        return this.renegotiate(version, words[1]);
      case ID_GET:
        return answerOf(SUCCESS, 0, guest.shape.id + 1);
      case FEATURES:
        return KNOWN.includes(words[1]) ? answerOf(SUCCESS) : error(-1);
      case RX_RELEASE:
        if (guest.rx !== "owned") return error(-6);
        guest.rx = "free";
        return answerOf(SUCCESS);
      case RXTX_MAP[0]:
      case RXTX_MAP[1]:
        if (words[3] !== 1) return error(-2);
        if (guest.rx !== "unmapped") return error(-6);
        guest.rx = "free";
        return answerOf(SUCCESS);
      case RXTX_UNMAP:
        if (guest.rx === "unmapped") return error(-2);
        if (guest.rx === "owned" && this.options.fixes.includes("MapInRxLock")) return error(-6);
        guest.rx = "unmapped";
        return answerOf(SUCCESS);
      case PARTITION_INFO_GET: {
        if (version === 0x10000 || words[5] !== 1) return error(-2);
        const size = this.options.fixes.includes("PlainCount") ? 0 : 24;
        const others = this.options.vmToVm ? this.listed.length - 1 : 0;
        return answerOf(SUCCESS, 0, this.options.securePartitions.length + others, size);
      }
      default:
        return error(-1);
    }
  }

  private renegotiate(version: number, word: number): readonly number[] {
    const { fixes, choices, version: mine } = this.options;
    if (word >= 2 ** 31 && fixes.includes("RefuseBit31")) return answerOf(-1);
    const major = Math.floor(word / 65536) % 32768;
    const lower = major !== 1 || word % 65536 < version % 65536;
    const answers = {
      mine,
      negotiated: version,
      "lower-refused": lower ? -1 : version,
      "other-refused": word === version ? mine : -1,
    };
    return answerOf(answers[choices.laterAnswer]);
  }

  private list(guest: Guest): { answer: readonly number[]; rx?: Uint8Array } {
    if (guest.rx === "unmapped") return { answer: error(-6) };
    if (guest.rx === "owned") return { answer: error(-4) };
    const size = guest.version === 0x10000 ? 8 : 24;
    const others = this.listed.filter((id) => id !== guest.shape.id);
    const vms = others.map((id) => {
      const { shape } = this.guests.get(id) as Guest;
      const properties = 14 + (shape.is64bit === false ? 0 : 256);
      return { id: id + 1, executionContexts: shape.vcpus, properties };
    });
    const entries = [...this.options.securePartitions, ...vms];
    if (entries.length * size > this.options.rxBytes) return { answer: error(-3) };
    guest.rx = "owned";
    const bytes = entries.flatMap((entry) => [
      ...littleEndian(entry.id, 2),
      ...littleEndian(entry.executionContexts, 2),
      ...littleEndian(entry.properties, 4),
      ...Array<number>(size - 8).fill(0),
    ]);
    return { answer: answerOf(SUCCESS, 0, entries.length, size), rx: Uint8Array.from(bytes) };
  }
}

const littleEndian = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);

/** w0..w7; a negative word is the one with its 32 bits. */
function answerOf(...words: readonly number[]): readonly number[] {
  const all = [...words, ...Array<number>(8 - words.length).fill(0)];
  return all.map((word) => (word < 0 ? word + 2 ** 32 : word));
}

const error = (status: number): readonly number[] => answerOf(ERROR, 0, status);
