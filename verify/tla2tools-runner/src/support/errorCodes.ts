/**
 * Every error code of this package and what it means. A code is stable: programs may compare it;
 * the wording around it may change.
 */
export const errorCodes = {
  TLC_NO_JAVA: "No Java was found under JAVA_HOME or on PATH.",
  TLC_JAVA_TOO_OLD: "Every Java that was found is older than version 11.",
  TLC_JAVA_UNUSABLE: "A Java was found, but it did not answer `-version` or could not be started.",
  TLC_NO_JAR: "None of the sources gave a TLC jar; the error lists why each was passed over.",
  TLC_JAR_UNREADABLE: "The file named by TLA2TOOLS_JAR is missing or cannot be read.",
  TLC_JAR_INVALID: "The file is no jar (no zip archive), or it holds no class tlc2/TLC.",
  TLC_JAR_WRONG_HASH: "A jar that was obtained or cached has another SHA-256 than the pinned one.",
  TLC_CACHE_UNUSABLE: "The cache directory cannot be created or written.",
  TLC_TEMP_UNUSABLE: "The temporary directory is missing, read-only or full.",
  TLC_SPEC_NOT_FOUND: "The TLA+ module to check is missing or cannot be read.",
  TLC_CFG_NOT_FOUND: "The configuration file is missing or cannot be read.",
  TLC_BAD_OPTION: "An option has a value that cannot be used, or there is no option of that name.",
  TLC_LOG_UNREADABLE: "A file is missing, or no output of TLC in the form of its option -tool.",
  TLC_DUMP_UNUSABLE: "The file for the dump of the state graph cannot be written.",
  TLC_UNEXPECTED_OUTPUT:
    "TLC's output is no success and no known failure, or contradicts its exit code.",
  TLA_VALUE_SYNTAX: "A text is not a TLA+ value as TLC prints it.",
  TLA_STATE_SYNTAX: "A text is not a state as TLC prints it.",
  TLA_EVALUATION: "An expression has no value; TLC would stop there as well.",
  TLA_ASSERTION: "An Assert of the module is false.",
  TLA_NOT_EVALUATED: "An expression is of a kind that the evaluator does not evaluate.",
  TLA_UNSUPPORTED: "A module has something that the typed tree of a module cannot hold.",
  TLA_PARSE_ERROR: "SANY refuses the text of a module, its name, or a module that is missing.",
  TLA_SEMANTIC_ERROR: "A module uses a name that is not there, or uses one wrongly.",
  TLA_COMPILED_INVALID: "A compiled form of a module is malformed, or of another version.",
  SANY_STOPPED: "SANY was ended before it was done: by the time-out, by the caller or a signal.",
  SANY_UNEXPECTED_OUTPUT: "SANY ended with output that is neither modules nor a known failure.",
  CFG_SYNTAX: "A configuration file has no form that this package reads.",
  CFG_NAME: "A configuration file names what the modules do not define, or leaves out a constant.",
  ITF_MALFORMED: "The file is no trace in the Informal Trace Format.",
  ITF_UNWRITABLE: "A trace has something that the Informal Trace Format has no form for.",
  EMBEDDED_LIMIT: "The embedded engine stopped at its bound on states: no verdict.",
} as const;

/** The code of a {@link ToolError}. */
export type ErrorCode = keyof typeof errorCodes;
