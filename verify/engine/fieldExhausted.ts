import { VerifyError } from "../support/verifyError.js";

/** A field of a packed state: the nodes of an actor, from 0, or a slot. */
export interface FieldName {
  readonly of: "nodes" | "slots";
  readonly index: number;
}

/** Thrown so that the explorer can widen the field and start over. */
export class FieldExhausted extends VerifyError {
  constructor(
    readonly field: FieldName,
    override readonly what: string,
  ) {
    super({ code: "FIELD_EXHAUSTED", what, hint: "give the field of the packed state more bits" });
  }
}
