/** `ffa-verify bench`: TLC, the explorer and the comparison, measured in one run. */
import { runBench } from "../bench/bench.js";
import { benchText } from "../bench/benchText.js";
import { createProgress } from "../report/progress.js";
import type { ExitCode } from "../support/comparison.js";
import { ALL_AS_EXPECTED, chooseEngine, positive, print, printJson } from "./common.js";

export interface BenchCommandOptions {
  readonly model?: string;
  readonly conformModel?: string;
  readonly growthSeconds?: string;
  readonly json?: boolean;
}

export async function benchCommand(options: BenchCommandOptions): Promise<ExitCode> {
  const { tools } = await chooseEngine("tlc");
  const progress = createProgress();
  const growthSeconds = positive("--growth-seconds", options.growthSeconds);
  try {
    const result = await runBench({
      ...(options.model ? { model: options.model } : {}),
      ...(options.conformModel ? { conformModel: options.conformModel } : {}),
      ...(growthSeconds ? { growthSeconds } : {}),
      ...(tools ? { tools } : {}),
      onPart: (what) => progress.end("bench", what),
    });
    progress.stop();
    if (options.json) printJson({ command: "bench", ...result });
    else print(benchText(result));
  } finally {
    progress.stop();
  }
  return ALL_AS_EXPECTED;
}
