/**
 * Memory that guests write whenever they like. The mediator looks at copies only: whoever copies a
 * page gets a number, and what that number stands for never changes.
 */
import type { Location } from "./layout.js";

export interface GuestPages {
  /** How many contents a page may have, of which the environment chooses one at each copy. */
  readonly contents: number;
  /** The bytes of a copy. They are not to be changed. */
  bytes(page: Location, copy: number): Uint8Array;
}

/** The copies of pages that have real bytes. They are kept until {@link CopiedPages.forget}. */
export class CopiedPages implements GuestPages {
  readonly contents = 1;
  private copies: Uint8Array[] = [];

  /** @returns the number of the copy */
  take(bytes: Uint8Array): number {
    return this.copies.push(bytes.slice()) - 1;
  }

  bytes(_page: Location, copy: number): Uint8Array {
    return this.copies[copy];
  }

  /** To be called when no call is under way. */
  forget(): void {
    this.copies = [];
  }
}
