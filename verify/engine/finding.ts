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

/** The states of the behavior; a step that breaks a property leads to one more. */
const lengthOf = ({ level, after }: Finding): number => level + (after === undefined ? 0 : 1);

/** The finding with a shortest behavior, the first of several; undefined without any. */
export const nearestOf = (findings: readonly Finding[]): Finding | undefined =>
  findings.toSorted((a, b) => lengthOf(a) - lengthOf(b))[0];
