import { stripComments } from "../support/stripComments.js";
import { type EndedRun, isViolation } from "./failureVerdict.js";
import { messageCodes as code } from "./messageCodes.js";
import { readCounts } from "./readCounts.js";
import { readCoverage } from "./readCoverage.js";
import { readTrace, type Trace } from "./readTrace.js";
import { type Finding, violations } from "./readVerdict.js";
import type { TlcMessage } from "./TlcMessage.js";
import type { TlcOutcome, TlcVerdict } from "./TlcResult.js";

/** Whether a configuration names a behavior at all; without one TLC checks assumptions only. */
export function namesBehavior(configText: string): boolean {
  return /\b(?:SPECIFICATION|INIT|NEXT)\b/.test(stripComments(configText));
}

/** All that the output of a run tells beside its verdict. */
export function readOutcome(run: EndedRun, verdict: TlcVerdict, seconds: number): TlcOutcome {
  const found = violations(run).map((finding, index, all) => ({
    verdict: finding.verdict,
    ...withSteps(traceOf(run, finding, all[index + 1])),
  }));
  // Several violations are printed one behind the other, and the verdict is the first.
  const first = run.continued && isViolation(verdict.kind) ? found[0] : undefined;
  const { trace, lasso } = first ?? withSteps(readTrace(run.messages, run.files));
  const version = run.messages.find((message) => message.code === code.TLC_VERSION)?.text;
  return {
    engine: "tlc",
    verdict,
    ...readCounts(run.messages),
    coverage: readCoverage(run.messages, run.files),
    trace,
    lasso,
    violations: found,
    checkpoint: readCheckpoint(run.messages),
    messages: run.messages,
    output: run.output,
    version: version?.replace(/^TLC2 Version /, ""),
    exitCode: run.exitCode,
    seconds,
  };
}

const withSteps = ({ steps, lasso }: Trace) => ({ trace: steps, lasso });

/** The counterexample that follows one message of a violation, up to the next. */
function traceOf({ messages, files }: EndedRun, finding: Finding, next?: Finding): Trace {
  const from = messages.indexOf(finding.message);
  const to = next && messages.indexOf(next.message);
  return readTrace(messages.slice(from, to), files);
}

/** The directory that TLC names when it begins to save, once it says that it has saved. */
function readCheckpoint(messages: readonly TlcMessage[]): string | undefined {
  let begun: string | undefined;
  let saved: string | undefined;
  for (const message of messages) {
    if (message.code === code.TLC_CHECKPOINT_START) {
      begun = /^Checkpointing of run (.+)$/m.exec(message.text)?.[1];
    }
    if (message.code === code.TLC_CHECKPOINT_END) saved = begun;
  }
  return saved;
}
