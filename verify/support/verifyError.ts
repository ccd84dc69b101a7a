/** Coded errors of the tools; those of TLC's runner have the same shape. */
import { ToolError, type ToolErrorFields } from "tla2tools-runner";

export { ToolError, type ToolErrorFields };

/** Every code, with its meaning. A code is stable; the wording around it may change. */
export const verifyErrorCodes = {
  MANIFEST_INVALID: "model/manifest.json cannot be read, or an entry has the wrong form.",
  MANIFEST_DIFFERS: "TLC reports other counts or another verdict than model/manifest.json.",
  MODEL_UNKNOWN: "No model of that name is in model/manifest.json.",
  MODEL_FILE_MISSING: "The module or the cfg of a model is not there.",
  CONSTANT_UNREADABLE: "A constant of a model is nothing that the implementation can be set to.",
  MODEL_PARSE_ERROR: "A module has a syntax error.",
  MODEL_SEMANTIC_ERROR: "A module uses a name that is not there, or uses one wrongly.",
  MODEL_EVALUATION_ERROR: "TLC cannot evaluate an expression of the model.",
  CFG_INVALID: "TLC refuses the cfg.",
  MODEL_NOT_EXPLORED: "TLC came to its end without a look at all states of the model.",
  TRACE_UNREADABLE: "A state of a trace has no values that could be compared.",
  TLC_OUT_OF_MEMORY: "Java's heap is too small for the model.",
  TLC_KILLED: "TLC was ended from outside.",
  TLC_TIMED_OUT: "TLC had no answer in the time given.",
  USAGE: "The command line is not one of those that --help lists.",
  NOT_POSSIBLE_EMBEDDED: "What was asked for needs TLC, and the embedded engine was chosen.",
  FILE_UNREADABLE: "A file that was named cannot be read.",
  FILE_UNWRITABLE: "A file that was named cannot be written.",
  ITF_OTHER_MODEL: "The trace has other variables than the model, or names no model.",
  SPEC_MALFORMED: "The core module lacks a definition that the tools rely on.",
  SPEC_UNSUPPORTED: "A part of the spec has a form that the tools do not derive anything from.",
  SPEC_STALE: "A module has no compiled form of its present text, and cannot be parsed anew.",
  LOCALS_INCOMPLETE: "The correspondence forgets a result that a task still needs.",
  DUMP_UNREADABLE: "The file with the state graph cannot be opened.",
  DUMP_TRUNCATED: "The file with the state graph is empty or ends too early.",
  DUMP_MALFORMED: "The file is no state graph as TLC writes it.",
  DUMP_OTHER_MODEL: "The state graph is not one of this model.",
  TRACES_UNREADABLE: "There is no file with the traces of a model, or it cannot be read.",
  TRACES_DAMAGED: "A file of traces is cut off, or is not as it was written.",
  TRACES_OTHER_FORM: "A file of traces has a form that this version does not read.",
  TRACES_OTHER_MODEL: "A file of traces is none of this configuration of the implementation.",
  TRACE_DIVERGES: "A trace that is to be kept is not one that the implementation takes.",
  TRACE_KEPT: "A trace of that name, or with the same states, is kept already.",
  TOO_MANY_STEPS: "A state offers more steps than the comparison keeps track of.",
  TOO_MANY_VALUES: "A graph has more values of a variable than the comparison keeps apart.",
  FIELD_EXHAUSTED: "A field of a packed state has too few bits for what comes to be in it.",
  FOOTPRINT_INCOMPLETE: "The explorer remembers a step by too little of the state it depends on.",
  INVARIANT_READS_MORE: "An invariant reads a part of the state that it does not declare.",
  INVARIANT_UNKNOWN: "No invariant or property of that name can be checked on the implementation.",
  COUNTS_DIFFER: "The implementation has other states or steps than the model.",
  DIGEST_MISSING: "TLC printed no digest of its state graph.",
  EXPLORER_FULL: "The explorer's log of local behavior is full.",
  EXPLORER_FAILED: "A worker of the explorer ended with an error.",
  SCHEDULE_MALFORMED: "A schedule has a step that cannot be read.",
  NO_SUCH_ACTOR: "A schedule names an actor that the model does not have.",
  NO_SUCH_PROGRAM: "A schedule names a program that the actor does not have.",
  NO_SUCH_CHOICE: "A schedule names a result that the environment cannot choose there.",
  CHOICE_MISSING: "A schedule leaves open what the environment chooses.",
  STEP_NOT_ENABLED: "A schedule asks for a step that cannot be taken in that state.",
} as const;

export type VerifyErrorCode = keyof typeof verifyErrorCodes;

/** An error for users, shown without a stack: a code, what is wrong, where, and what to do. */
export class VerifyError extends ToolError<VerifyErrorCode> {
  override readonly name = "VerifyError";
}
