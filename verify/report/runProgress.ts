/** A run over a model in one line: what it does now, and how it ended. */
import { asExpected, type ModelRun } from "../check/modelRun.js";
import type { RunProgress } from "../check/runModel.js";
import { grouped, rate, seconds } from "./screen.js";

export function runProgressText(progress: RunProgress): string {
  switch (progress.kind) {
    case "starting":
      return "starting";
    case "tlc": {
      const { generated, distinct, queue, statesPerSecond } = progress.at;
      return (
        `${grouped(generated)} generated, ${grouped(distinct)} distinct, ` +
        `${grouped(queue)} queued, ${rate(statesPerSecond)}/s`
      );
    }
    case "comparing":
      return `comparing ${grouped(progress.states)} states`;
    case "digest":
      return "summing up the implementation";
    case "parting":
      return "looking for the first step that differs";
  }
}

export function runEndText(run: ModelRun): string {
  const { check, conformance } = run;
  const compared =
    conformance === undefined ? "" : `, ${grouped(conformance.edges)} edges compared`;
  const ending = asExpected(run) ? "" : " -- NOT AS EXPECTED";
  return `${check.verdict} in ${seconds(check.seconds)} s${compared}${ending}`;
}
