/** What goes wrong when protocol code misuses a primitive. Each is a defect of that code. */
export type SyncFaultCode =
  | "ACTORS_OUT_OF_RANGE"
  | "VALUE_OUT_OF_RANGE"
  | "NOT_THE_HOLDER"
  | "UNGUARDED_WRITE"
  | "ALREADY_LISTED"
  | "NOT_LISTED"
  | "BUFFER_OVERRUN"
  | "WRONG_LOCATION"
  | "WRONG_LIFE"
  | "WOULD_BLOCK"
  | "CHOICE_OUT_OF_RANGE";

/** A coded fault that names the location and, where there is one, the step. */
export class SyncFault extends Error {
  override readonly name = "SyncFault";

  constructor(
    readonly code: SyncFaultCode,
    /** The location, or the primitive, that was misused. */
    readonly where: string,
    readonly detail: string,
  ) {
    super(`${code}: ${where}: ${detail}`);
  }
}
