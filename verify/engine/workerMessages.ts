/** What an exploration and its workers say to one another. All of it is plain data. */
import type { ToolErrorFields } from "../support/verifyError.js";
import type { CrewMemory } from "./crew.js";
import type { SystemRecipe } from "./explorable.js";
import type { FieldName } from "./fieldExhausted.js";
import type { Finding } from "./finding.js";
import type { Widths } from "./packing.js";

/** Given to a worker when it starts. */
export interface WorkerTask {
  readonly worker: number;
  readonly workers: number;
  readonly recipe: SystemRecipe;
  readonly widths: Widths;
  readonly invariants: readonly string[];
  readonly deadlock: boolean;
  /** In bytes, of this worker. */
  readonly memoryLimit: number;
  readonly hashBits: number;
  readonly crew: CrewMemory;
  readonly log: Int32Array;
  /** channels[from][to]; null from a worker to itself. */
  readonly channels: readonly (readonly (Int32Array | null)[])[];
}

export type ToWorker = {
  readonly kind: "predecessor";
  readonly target: Int32Array;
  readonly level: number;
};

export interface WorkerDone {
  readonly kind: "done";
  readonly distinct: number;
  readonly twins: number;
  readonly generated: number;
  readonly depth: number;
  readonly bytes: number;
  readonly overheadBytes: number;
  readonly generatedByAction: ReadonlyMap<string, number>;
  readonly finding: Finding | undefined;
  /** The memory limit was reached. */
  readonly full: boolean;
}

export type FromWorker =
  | WorkerDone
  | { readonly kind: "predecessor"; readonly state: Int32Array | undefined }
  | { readonly kind: "exhausted"; readonly field: FieldName; readonly what: string }
  | {
      readonly kind: "error";
      readonly fields: ToolErrorFields | undefined;
      readonly message: string;
    };
