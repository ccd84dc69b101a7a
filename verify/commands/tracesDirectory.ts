import { join, resolve } from "node:path";
import { modelDirectory } from "../model/paths.js";
import { TRACES } from "../traces/origin.js";
import type { CommonOptions } from "./common.js";

export interface TracesOptions extends Omit<CommonOptions, "engine"> {
  /** Where the files are, or go. Default: `traces` beside the models. */
  readonly traces?: string;
}

/** The directory of the files. */
export const tracesDirectory = ({ traces, models }: TracesOptions): string =>
  resolve(traces ?? join(models ?? modelDirectory, TRACES));
