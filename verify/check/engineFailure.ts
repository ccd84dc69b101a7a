/** Runs that give no answer about the model: bad input, or an engine that was stopped. */
import { formatLocation, type TlcVerdict, type VerdictKind } from "tla2tools-runner";
import type { Model } from "../mediator/model.js";
import { VerifyError, type VerifyErrorCode } from "../support/verifyError.js";

interface Failure {
  readonly code: VerifyErrorCode;
  readonly what: string;
  readonly hint: string;
}

const failures: Readonly<Partial<Record<VerdictKind, Failure>>> = {
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
  const failure = failures[verdict.kind];
  if (failure === undefined || verdict.kind === "holds") return;
  const place = verdict.location === undefined ? undefined : formatLocation(verdict.location);
  throw new VerifyError({
    ...failure,
    where: place ?? (verdict.kind === "bad-cfg" ? model.cfgPath : model.specPath),
    found: verdict.message,
    reproduce,
  });
}
