/** A model: a module of model/ with a cfg, and what they configure the implementation as. */
import type { MediatorOptions } from "../../src/options.js";
import type { ManifestEntry } from "../model/manifestEntry.js";
import type { SpecData } from "../spec/specData.js";
import type { ModelCall } from "./correspondence/words.js";

/** What the implementation is configured as, and what its guests write into TX. */
export interface ModelOptions extends MediatorOptions {
  /** The members of TxContents, in order. Default: {0}. */
  readonly txContents?: readonly number[];
}

/** A model with its cfg read. */
export interface Model extends ManifestEntry {
  /** Absolute paths. */
  readonly specPath: string;
  readonly cfgPath: string;
  readonly spec: SpecData;
  readonly options: ModelOptions;
  readonly calls: readonly ModelCall[];
  /** The specification that the cfg names. */
  readonly specification: string | undefined;
  /** Whether a state in which nobody can go on is a finding. */
  readonly checkDeadlock: boolean;
  readonly invariants: readonly string[];
  readonly properties: readonly string[];
}
