import { type EndedRun, failureVerdict, isViolation, outOfMemory } from "./failureVerdict.js";
import { messageCodes as code } from "./messageCodes.js";
import { readCounts } from "./readCounts.js";
import type { TlcMessage } from "./TlcMessage.js";
import type { FailureKind, TlcVerdict } from "./TlcResult.js";

/** A failure and the message that says so. */
export interface Finding {
  readonly verdict: TlcVerdict;
  readonly message: TlcMessage;
}

/**
 * The verdict of a run, or undefined if its output is neither a success nor a failure that this
 * package knows, or if its parts contradict each other. A run holds only if TLC printed its success
 * message, ended with exit code 0, printed no error, had an initial state and left no state
 * unexplored. A failure counts only with an exit code with which TLC ends after its message.
 */
export function readVerdict(run: EndedRun): TlcVerdict | undefined {
  const memory = outOfMemory(run);
  if (memory !== undefined) return memory;
  if (!run.messages.some(isError)) return withoutErrors(run);
  // With `-continue` TLC reports success after violations too.
  if (hasSucceeded(run) && !(run.continued && isSuccess(run.exitCode))) return undefined;
  return findings(run)[0]?.verdict;
}

/** Every failure that the messages tell and the exit code agrees with, in order. */
function findings(run: EndedRun): Finding[] {
  return run.messages.filter(isError).flatMap((message) => {
    const verdict = failureVerdict(message, run);
    return verdict === undefined ? [] : [{ verdict, message }];
  });
}

/** The violations among the failures. */
export function violations(run: EndedRun): Finding[] {
  return findings(run).filter(({ verdict }) => isViolation(verdict.kind));
}

const isError = ({ class: of }: TlcMessage): boolean => of === "error" || of === "bug";

const has = ({ messages }: EndedRun, wanted: number): boolean =>
  messages.some((message) => message.code === wanted);

const isSuccess = (exitCode: number | undefined): boolean => (exitCode ?? 0) === 0;

const hasSucceeded = (run: EndedRun): boolean => has(run, code.TLC_SUCCESS);

function withoutErrors(run: EndedRun): TlcVerdict | undefined {
  if (!isSuccess(run.exitCode)) return undefined;
  const { generated, distinct, queue, initialStates } = readCounts(run.messages);
  const hasEnded = has(run, code.TLC_FINISHED) || run.exitCode === 0;
  if (has(run, code.TLC_MODE_SIMU)) {
    if (!hasEnded || !has(run, code.TLC_PROGRESS_SIMU)) return undefined;
    return said("simulated", `no error was found in behaviors with ${generated} states`);
  }
  if (!hasSucceeded(run)) return undefined;
  if (initialStates === 0 && !has(run, code.TLC_CHECKPOINT_RECOVER_END)) {
    return withoutStates(run.hasBehavior);
  }
  if (distinct === 0) {
    return said("evaluation-error", "the constraints leave no initial state: nothing was explored");
  }
  if (queue === 0) return { kind: "holds" };
  return said("stopped", `the module ended the run with ${queue} states still to be explored`);
}

function withoutStates(hasBehavior: boolean | undefined): TlcVerdict {
  if (hasBehavior === false) {
    return said("assumptions-hold", "the assumptions hold; there is no behavior to check");
  }
  return said(
    "evaluation-error",
    "no state satisfies the initial predicate, so nothing was checked",
  );
}

const said = (kind: FailureKind, message: string): TlcVerdict => ({
  kind,
  message,
  location: undefined,
});
