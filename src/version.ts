/**
 * Version words and what the mediator makes of them. Source: DEN0077A, FFA_VERSION.
 *
 * Bits 30..16 are the major version, bits 15..0 the minor one; bit 31 must be zero in a request.
 */
import { NOT_SUPPORTED, type Registers, versionAnswer } from "./abi.js";
import type { MediatorOptions } from "./options.js";

export const VERSION_1_0 = 0x00010000;
export const VERSION_1_1 = 0x00010001;
export const VERSION_1_2 = 0x00010002;
export const KNOWN_VERSIONS: readonly number[] = [VERSION_1_0, VERSION_1_1, VERSION_1_2];

/** `guest_vers` of a context that has not negotiated yet. */
export const NO_VERSION = 0;

export const majorOf = (word: number): number => (word >>> 16) & 0x7fff;
export const minorOf = (word: number): number => word & 0xffff;
export const hasBit31 = (word: number): boolean => word >>> 31 === 1;

/** The versions that a mediator of version `mine` speaks: its own and every lower minor. */
export function supportedVersions(mine: number): readonly number[] {
  return KNOWN_VERSIONS.filter(
    (word) => majorOf(word) === majorOf(mine) && minorOf(word) <= minorOf(mine),
  );
}

/** Every word that `guest_vers` and `guest_vers_tmp` can hold; the first is the initial one. */
export function storableVersions(options: MediatorOptions): readonly number[] {
  const supported = supportedVersions(options.version);
  // The posted code compares major and minor only, so that bit 31 of a request is stored too.
  const marked =
    options.design === "posted" ? supported.map((word) => (word | (2 ** 31)) >>> 0) : [];
  return [NO_VERSION, ...supported, ...marked];
}

/** The version that a request settles on (C: the end of `ffa_negotiate_version`). */
export function settledVersion(requested: number, mine: number): number {
  if (majorOf(requested) !== majorOf(mine)) return mine;
  return minorOf(requested) > minorOf(mine) ? mine : requested;
}

/** Whether a request is refused before negotiation: it changes nothing and gets NOT_SUPPORTED. */
export function isRefused(requested: number, options: MediatorOptions): boolean {
  if (options.design === "hardened" && hasBit31(requested)) return true;
  if (options.policy !== "refuse-other") return false;
  return hasBit31(requested) || settledVersion(requested, options.version) !== requested;
}

/** What FFA_VERSION answers once `negotiated` is published; "always-mine" does not look at it. */
export function renegotiationAnswer(
  requested: number,
  negotiated: number,
  options: MediatorOptions,
): Registers {
  const refused =
    (options.design === "hardened" && hasBit31(requested)) ||
    (options.policy === "refuse-other" && requested !== negotiated) ||
    (options.policy === "refuse-lower" && minorOf(requested) < minorOf(negotiated));
  return versionAnswer(refused ? NOT_SUPPORTED : options.version);
}
