/** Runs that give no answer about the model: bad input, or an engine that was stopped. */
import {
  formatLocation,
  type TlcVerdict,
  type TraceStep,
  type VerdictKind,
} from "tla2tools-runner";
import type { Model } from "../mediator/model.js";
import { VerifyError, type VerifyErrorCode } from "../support/verifyError.js";

interface Failure {
  readonly code: VerifyErrorCode;
  readonly what: string;
  readonly hint: string;
  /** Whether it is the cfg, and not the module, that is wrong where no place is named. */
  readonly isOfCfg?: boolean;
}

/** What each kind of verdict is: an answer about the model, or why there is none. */
const kinds: Readonly<Record<VerdictKind, Failure | "answer">> = {
  holds: "answer",
  invariant: "answer",
  "action-property": "answer",
  "temporal-property": "answer",
  deadlock: "answer",
  assertion: "answer",
  postcondition: "answer",
  "assumptions-hold": {
    code: "MODEL_NOT_EXPLORED",
    what: "the cfg names no behavior, so that only the assumptions were checked",
    hint: "give the cfg a SPECIFICATION, or INIT and NEXT",
    isOfCfg: true,
  },
  simulated: {
    code: "MODEL_NOT_EXPLORED",
    what: "behaviors were drawn at random, and not all of them",
    hint: "run TLC without -simulate",
  },
  stopped: {
    code: "MODEL_NOT_EXPLORED",
    what: "the model ended the run before all states were explored",
    hint: 'take TLCSet("exit", TRUE) out of it',
  },
  "parse-error": {
    code: "MODEL_PARSE_ERROR",
    what: "the model has a syntax error",
    hint: "mend the module at this place",
  },
  "semantic-error": {
    code: "MODEL_SEMANTIC_ERROR",
    what: "the model does not make sense to the parser",
    hint: "mend the module at this place; a name may be missing",
  },
  "bad-cfg": {
    code: "CFG_INVALID",
    what: "TLC refuses the cfg",
    hint: "name in it only what the module defines, and give every constant",
    isOfCfg: true,
  },
  "evaluation-error": {
    code: "MODEL_EVALUATION_ERROR",
    what: "the model cannot be evaluated",
    hint: "mend the expression at this place",
  },
  "out-of-memory": {
    code: "TLC_OUT_OF_MEMORY",
    what: "the heap of TLC is too small for this model",
    hint: "give more with --heap MiB, or choose smaller bounds",
  },
  killed: {
    code: "TLC_KILLED",
    what: "the run was ended before there was an answer",
    hint: "run it again; if nobody interrupted it, look for a lack of memory",
  },
  "timed-out": {
    code: "TLC_TIMED_OUT",
    what: "there was no answer in the time given",
    hint: "give more with --timeout SECONDS, or choose smaller bounds",
  },
};

/** @throws VerifyError when the run says nothing about the model */
export function throwIfNoAnswer(
  model: Model,
  { verdict, reproduce }: { readonly verdict: TlcVerdict; readonly reproduce: string },
): void {
  const kind = kinds[verdict.kind];
  if (kind === "answer" || verdict.kind === "holds") return;
  const { isOfCfg = false, ...failure } = kind;
  const place = verdict.location === undefined ? undefined : formatLocation(verdict.location);
  throw new VerifyError({
    ...failure,
    where: place ?? (isOfCfg ? model.cfgPath : model.specPath),
    found: verdict.message,
    reproduce,
  });
}

/**
 * A counterexample with a hole cannot be replayed; the verdict is said with it.
 *
 * @throws VerifyError TRACE_UNREADABLE when the variables of a state cannot be told
 */
export function throwIfUnread(
  trace: readonly TraceStep[],
  { verdict, reproduce }: { readonly verdict: string; readonly reproduce: string },
): void {
  const step = trace.find(({ unread }) => unread !== undefined);
  if (step === undefined) return;
  throw new VerifyError({
    code: "TRACE_UNREADABLE",
    what: `the verdict is ${verdict}, but its counterexample cannot be replayed`,
    where: `state ${step.index} of ${trace.length}`,
    expected: "each variable with its value",
    found: step.unread,
    reproduce,
    hint: "run TLC with this command and read the state there; an ALIAS in the cfg may hide it",
  });
}
