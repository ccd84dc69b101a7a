/**
 * Version words. Source: DEN0077A, FFA_VERSION.
 *
 * Bits 30..16 are the major version, bits 15..0 the minor one; bit 31 must be zero in a request.
 */

export const VERSION_1_0 = 0x00010000;
export const VERSION_1_1 = 0x00010001;
export const VERSION_1_2 = 0x00010002;
export const KNOWN_VERSIONS: readonly number[] = [VERSION_1_0, VERSION_1_1, VERSION_1_2];

/** `guest_vers` of a context that has not negotiated yet. */
export const NO_VERSION = 0;

/** `guest_vers` where negotiation is over and there is no version: NOT_SUPPORTED as a word. */
export const CLOSED = 0xffffffff;

export const majorOf = (word: number): number => (word >>> 16) & 0x7fff;
export const minorOf = (word: number): number => word & 0xffff;
export const hasBit31 = (word: number): boolean => word >>> 31 === 1;

/** The versions that a mediator of version `mine` speaks: its own and every lower minor. */
export function supportedVersions(mine: number): readonly number[] {
  return KNOWN_VERSIONS.filter(
    (word) => majorOf(word) === majorOf(mine) && minorOf(word) <= minorOf(mine),
  );
}
