/** TLC with its whole state graph, which is compared with the implementation. */
import { join } from "node:path";
import { type TlcTools, withTemporaryDirectory } from "tla2tools-runner";
import { type ConformOutcome, conformModel } from "../conform/conformModel.js";
import type { CompareSteps } from "../conform/conformSpec.js";
import type { Model } from "../mediator/model.js";
import { VerifyError } from "../support/verifyError.js";
import { type CheckOptions, type CheckOutcome, checkModel } from "./checkModel.js";

export interface ComparedGraph {
  readonly check: CheckOutcome;
  /** Undefined when TLC wrote no graph. */
  readonly conformance: ConformOutcome | undefined;
}

/** @throws ToolError, VerifyError */
export function compareGraph(
  model: Model,
  options: Omit<CheckOptions, "dump" | "workers" | "engine">,
  onComparing: (states: number) => void = () => {},
): Promise<ComparedGraph> {
  return withTemporaryDirectory("ffa-verify-", process.env, async (directory) => {
    // One worker writes the graph in the order of depth, so that the first difference is nearest.
    const dump = join(directory, `${model.name}.dot`);
    const check = await checkModel(model, { ...options, engine: "tlc", workers: 1, dump });
    if (check.dump === undefined) return { check, conformance: undefined };
    onComparing(check.distinct);
    return { check, conformance: conformModel(model, check.dump, check) };
  });
}

/** Takes the model's steps from a graph that TLC writes, for where TLC counts otherwise. */
export function stepsOfTlc(tools: TlcTools | undefined): CompareSteps {
  return async (model, signal) => {
    const { check, conformance } = await compareGraph(model, { tools, signal });
    if (conformance !== undefined) {
      const { isComplete, difference } = conformance;
      return { outcome: conformance, by: "TLC", isWhole: isComplete || difference !== undefined };
    }
    throw new VerifyError({
      code: "DUMP_UNREADABLE",
      what: "TLC wrote no state graph",
      found: check.verdict,
      reproduce: check.reproduce,
      hint: "run it again; look for room on the disk",
    });
  };
}
