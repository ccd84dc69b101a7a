/** What an exploration stops at, before its behavior is known. Plain data: workers send it. */
export interface Finding {
  readonly kind: "invariant" | "action-property" | "fault" | "deadlock";
  /** The invariant or property, the code of the fault, or `Deadlock`. */
  readonly name: string;
  /** The last state of the behavior, packed; for an action property the one before the step. */
  readonly state: Int32Array;
  /** How many states the behavior to it has. */
  readonly level: number;
  /** Where the step that breaks a property leads, packed. */
  readonly after?: Int32Array;
  /** Of a fault: the location, and what was wrong. */
  readonly where?: string;
  readonly detail?: string;
}
