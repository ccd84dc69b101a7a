/** A run that must end with a counterexample, and does, without Java. */
import { checkModel } from "../../verify/check/checkModel.js";
import type { ModelRun } from "../../verify/check/modelRun.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { type ReplayResult, replayTrace } from "../../verify/replay/replayTrace.js";

const broken = await loadModel(findEntry(readManifest(), "MCH6"));
export const found = await checkModel(broken, { engine: "embedded" });
export const replay = {
  system: systemOf(broken),
  result: replayTrace(systemOf(broken), found.trace),
};

export const hazard: ModelRun = {
  model: broken,
  check: found,
  isCompared: false,
  conformance: undefined,
  replay,
  digests: undefined,
  parting: undefined,
};

/** The same with another replay. */
export const replayed = (result: ReplayResult): ModelRun => {
  return { ...hazard, replay: { ...replay, result } };
};

/** What a replay that ends early differs in. */
export const REACH = "states of the trace that the implementation reaches";
