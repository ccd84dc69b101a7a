/** A model: a module of model/ with a cfg, and what they configure the implementation as. */
import type { MediatorOptions } from "../../src/options.js";
import type { ManifestEntry } from "../model/manifestEntry.js";
import type { SpecData } from "../spec/specData.js";
import type { ModelCall } from "./correspondence/words.js";

/** A model with its cfg read. */
export interface Model extends ManifestEntry {
  /** Absolute paths. */
  readonly specPath: string;
  readonly cfgPath: string;
  readonly spec: SpecData;
  readonly options: MediatorOptions;
  readonly calls: readonly ModelCall[];
  /** The specification that the cfg names. */
  readonly specification: string | undefined;
  readonly invariants: readonly string[];
  readonly properties: readonly string[];
}
