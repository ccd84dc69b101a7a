/** What goes wrong when the library is used in a way that it cannot carry out. */

export type UsageErrorCode =
  | "OPTION_OUT_OF_RANGE"
  | "DOMAIN_OUT_OF_RANGE"
  | "DOMAIN_EXISTS"
  | "DOMAIN_REFUSED"
  | "DOMAIN_ABSENT"
  | "VCPU_OUT_OF_RANGE"
  | "VCPU_GONE"
  | "VCPU_BUSY"
  | "CALL_ENDED"
  | "BAD_REGISTERS"
  | "BAD_ANSWER";

/** A call of this library that cannot be carried out; nothing has changed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  constructor(
    readonly code: UsageErrorCode,
    detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}
