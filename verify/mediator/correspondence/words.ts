/** How the model writes what the code holds in 32 bits: version words, calls and answers. */
import * as abi from "../../../src/abi.js";
import { FFA_ERROR, FFA_SUCCESS_32, type Registers, registers } from "../../../src/abi.js";
import { endpointOfDomain } from "../../../src/endpoint.js";
import { encodeDescriptor } from "../../../src/memoryDescriptor.js";
import { encodeHeader, headerSize } from "../../../src/messageHeader.js";
import type { MediatorOptions } from "../../../src/options.js";
import { CLOSED, hasBit31, majorOf, minorOf, VERSION_1_1 } from "../../../src/versionWord.js";

/** A call as the model writes it: `<<"VERSION", 101>>`. */
export interface ModelCall {
  readonly name: string;
  readonly argument: number;
}

/**
 * A version word in the model's decimal form: bit 31 * 10000 + major * 100 + minor. A word that
 * has no such form is negative, and so is equal to nothing in the model.
 */
export function wordToModel(word: number): number {
  if (word === CLOSED) return -1;
  if (majorOf(word) >= 100 || minorOf(word) >= 100) return -1 - word;
  return (hasBit31(word) ? 10000 : 0) + majorOf(word) * 100 + minorOf(word);
}

export function wordFromModel(decimal: number): number {
  const bit31 = decimal >= 10000 ? 2 ** 31 : 0;
  return bit31 + Math.floor((decimal % 10000) / 100) * 0x10000 + (decimal % 100);
}

/** A function ID that no FF-A version defines. */
const UNKNOWN_FUNCTION = 0x840000ff;

/** IDs that are not FF-A's: of Arm's architecture services, and of a trusted OS. */
const FOREIGN_FUNCTIONS = [0x80000001, 0xbf00ff01];

/** What FFA_FEATURES is asked: an ID, and input that it has no use for. */
const FEATURES_ASKED = [
  [UNKNOWN_FUNCTION],
  [abi.FFA_VERSION],
  [abi.FFA_VERSION, 1],
  [abi.FFA_INTERRUPT],
];

/** The UUID of the first SP, and one that nobody has. */
export const MODEL_UUID = [0x01234567, 0x89abcdef, 0x02468ace, 0x13579bdf] as const;
const UUID_OF_NOBODY = [1, 1, 1, 1] as const;

const infoFor = (argument: number, flags: number): Registers =>
  registers(abi.FFA_PARTITION_INFO_GET, ...(argument === 1 ? MODEL_UUID : UUID_OF_NOBODY), flags);

/** The receiver of memory, and how long its descriptor is in bytes, in the 1.1 layout. */
const MODEL_SP = 0x8001;
export const DESCRIPTOR_SIZE = 96;
const MODEL_ADDRESS = 0x4000_0000n;

/** How long the message is that does not fit into an RX of `rxBytes`, and the one that does. */
const messageSize = (content: number, rxBytes: number): number => (content > 10 ? rxBytes : 4);

/**
 * What guest `domainId` has in TX, for a member of TxContents. Where nothing is said of a byte it
 * is 0xff, which no layout takes for what it is not.
 */
export function txBytesOf(content: number, domainId: number, options: MediatorOptions): Uint8Array {
  const bytes = new Uint8Array(options.txBytes).fill(0xff);
  const sender = endpointOfDomain(domainId);
  if (content === 20) {
    bytes.set(encodeDescriptor(VERSION_1_1, sender, MODEL_SP, MODEL_ADDRESS, 1));
  } else if (content > 0) {
    const offset = headerSize(options.version);
    const receiver = endpointOfDomain(content % 10);
    const size = messageSize(content, options.rxBytes);
    bytes.set(encodeHeader({ offset, sender, receiver, size }, options.version));
  }
  return bytes;
}

/** The registers that a call of the model stands for, by the name of its function. */
export const callRegisters: Readonly<Record<string, (argument: number) => Registers>> = {
  VERSION: (decimal) => registers(abi.FFA_VERSION, wordFromModel(decimal)),
  ID_GET: () => registers(abi.FFA_ID_GET),
  FEATURES: (asked) => registers(abi.FFA_FEATURES, ...FEATURES_ASKED[asked]),
  UNKNOWN: () => registers(UNKNOWN_FUNCTION),
  PARTITION_INFO_GET: (flags) => registers(abi.FFA_PARTITION_INFO_GET, 0, 0, 0, 0, flags),
  PARTITION_INFO_OF: (argument) => infoFor(argument, 0),
  PARTITION_COUNT_OF: (argument) => infoFor(argument, abi.PARTITION_INFO_COUNT_FLAG),
  FOREIGN: (handedOn) => registers(FOREIGN_FUNCTIONS[handedOn]),
  RX_RELEASE: () => registers(abi.FFA_RX_RELEASE),
  RXTX_MAP: () => registers(abi.FFA_RXTX_MAP_64, 0x1000, 0x2000, 1),
  RXTX_UNMAP: () => registers(abi.FFA_RXTX_UNMAP),
  INTERRUPT: () => registers(abi.FFA_INTERRUPT),
  SEND2: () => registers(abi.FFA_MSG_SEND2),
  MEM_SHARE: () => registers(abi.FFA_MEM_SHARE_64, DESCRIPTOR_SIZE, DESCRIPTOR_SIZE),
  MEM_RECLAIM: (handle) => registers(abi.FFA_MEM_RECLAIM, handle),
};

/** Whether a call asks for entries in RX. */
export const isListing = ({ name, argument }: ModelCall): boolean =>
  name === "PARTITION_INFO_OF" || (name === "PARTITION_INFO_GET" && argument === 0);

export const callText = (call: ModelCall): string => `<<"${call.name}", ${call.argument}>>`;

/**
 * The answer as the model writes it, from the registers that the guest gets back and, for a
 * listing, the endpoint IDs of the VMs in its RX buffer.
 *
 * Registers that no answer of the model has come out as they are, so that they match nothing.
 *
 * @param listed The IDs that RX holds as `size` bytes each, or null when it holds anything else.
 */
export function answerText(
  call: ModelCall,
  answer: Registers,
  listed: (count: number, size: number) => readonly number[] | null,
): string {
  const [w0, w1, w2, w3, ...rest] = answer;
  const asTheyAre = `<<"REGISTERS", "${answer.map((w) => w.toString(16)).join(" ")}">>`;
  if (w1 !== 0 || rest.some((w) => w !== 0)) return asTheyAre;
  if (call.name === "VERSION") {
    if (w2 !== 0 || w3 !== 0) return asTheyAre;
    return `<<"VERSION", ${w0 === 0xffffffff ? -1 : wordToModel(w0)}>>`;
  }
  if (w0 === 0xffffffff && w2 === 0 && w3 === 0) return '<<"SMCCC", -1>>';
  if (w0 === FFA_ERROR && w3 === 0) return `<<"ERROR", ${w2 | 0}>>`;
  if (w0 !== FFA_SUCCESS_32) return asTheyAre;
  if (isListing(call)) {
    const ids = listed(w2, w3);
    return ids === null ? asTheyAre : `<<"SUCCESS", ${w2}, ${w3}, <<${ids.join(", ")}>>>>`;
  }
  return `<<"SUCCESS", ${w2 | 0}, ${w3}>>`;
}
