import { messageCodes as code, isCfgCode, isEvaluationCode } from "./messageCodes.js";
import { readCfgLocation } from "./readCfgLocation.js";
import { readCounts } from "./readCounts.js";
import { readParserReport } from "./readParserReport.js";
import { locationsIn, type ModuleFiles, type SourceLocation } from "./SourceLocation.js";
import type { TlcMessage } from "./TlcMessage.js";
import type { TlcVerdict } from "./TlcResult.js";

/** What is known of a run that came to its end by itself. */
export interface EndedRun {
  readonly messages: readonly TlcMessage[];
  readonly output: readonly string[];
  readonly stderr: string;
  readonly exitCode: number | undefined;
  readonly files: ModuleFiles;
  readonly config: { readonly path: string; readonly text: string };
}

const OUT_OF_MEMORY = new RegExp(
  [
    "OutOfMemoryError",
    "Java ran out of memory",
    "GC overhead limit exceeded",
    "Too small maximum heap",
    "Initial heap size set to a larger value",
  ].join("|"),
);

/**
 * The verdict of a run, or undefined if its output is neither a success nor a failure that this
 * package knows. A run holds only if TLC printed its success message, ended with exit code 0,
 * printed no error, and had an initial state at all.
 */
export function readVerdict(run: EndedRun): TlcVerdict | undefined {
  const memory = outOfMemory(run);
  if (memory !== undefined) return memory;
  const errors = run.messages.filter(({ class: of }) => of === "error" || of === "bug");
  for (const error of errors) {
    const verdict = verdictOf(error, run);
    if (verdict !== undefined) return verdict;
  }
  const succeeded = run.messages.some((message) => message.code === code.TLC_SUCCESS);
  if (!succeeded || run.exitCode !== 0 || errors.length > 0) return undefined;
  if (readCounts(run.messages).initialStates > 0) return { kind: "holds" };
  return {
    kind: "evaluation-error",
    message: "no state satisfies the initial predicate, so nothing was checked",
    location: undefined,
  };
}

function outOfMemory(run: EndedRun): TlcVerdict | undefined {
  const texts = [
    ...run.messages
      .filter(({ class: of }) => of === "error" || of === "bug")
      .map(({ text }) => text),
    ...(run.exitCode === 0 ? [] : [run.stderr, ...run.output]),
  ];
  const found = texts.map((text) => OUT_OF_MEMORY.exec(text)).find((match) => match !== null);
  if (found === undefined) return undefined;
  const line = found.input.split("\n").find((text) => OUT_OF_MEMORY.test(text)) ?? found[0];
  return {
    kind: "out-of-memory",
    message: line.replace(/^:? ?/, "").trim(),
    location: undefined,
  };
}

function verdictOf(error: TlcMessage, run: EndedRun): TlcVerdict | undefined {
  const message = plainText(error.text);
  const location = locationOf(error, run);
  switch (error.code) {
    case code.TLC_INVARIANT_VIOLATED_BEHAVIOR:
    case code.TLC_INVARIANT_VIOLATED_INITIAL:
      return { kind: "invariant", name: nameIn(message, "Invariant"), message, location };
    case code.TLC_ACTION_PROPERTY_VIOLATED_BEHAVIOR:
      return {
        kind: "action-property",
        name: nameIn(message, "Action property"),
        message,
        location,
      };
    case code.TLC_PROPERTY_VIOLATED_INITIAL:
      return { kind: "action-property", name: nameIn(message, "Property"), message, location };
    case code.TLC_DEADLOCK_REACHED:
      return { kind: "deadlock", message, location };
    case code.TLC_TEMPORAL_PROPERTY_VIOLATED:
      return { kind: "temporal-property", names: propertyNames(message), message, location };
    case code.TLC_VALUE_ASSERT_FAILED:
    case code.TLC_ASSUMPTION_FALSE:
      return { kind: "assertion", message, location };
    case code.TLC_PARSING_FAILED:
      return readParserReport(run.output, run.files);
    default:
      return otherVerdict(error, message, location, run);
  }
}

function otherVerdict(
  error: TlcMessage,
  message: string,
  location: SourceLocation | undefined,
  run: EndedRun,
): TlcVerdict | undefined {
  const codes = [error.code, ...error.nested.map((nested) => nested.code)];
  if (codes.some(isCfgCode)) {
    return { kind: "bad-cfg", message, location: readCfgLocation(message, run.config) };
  }
  if (codes.includes(code.TLC_VALUE_ASSERT_FAILED)) return { kind: "assertion", message, location };
  if (codes.some(isEvaluationCode)) return { kind: "evaluation-error", message, location };
  return undefined;
}

/** The place in the message itself, else the innermost expression that was being evaluated. */
function locationOf(error: TlcMessage, run: EndedRun): SourceLocation | undefined {
  const own = locationsIn(error.text, run.files)[0];
  if (own !== undefined) return own;
  const expressions = run.messages.find(({ code: of }) => of === code.TLC_NESTED_EXPRESSION);
  return expressions && locationsIn(expressions.text, run.files).at(-1);
}

/** A message for people: without TLC's preamble for exceptions and without Java's stack. */
function plainText(text: string): string {
  return text
    .replace(/^TLC threw an unexpected exception\.\n[\s\S]*?The exception was an? /, "")
    .split("\n")
    .filter((line) => !/^\s+at [\w.$]+\(/.test(line))
    .join("\n")
    .replace(/^[\w.]+Exception\n: /, "")
    .trim();
}

function nameIn(message: string, label: string): string {
  return new RegExp(`^${label} (.+?) is violated`).exec(message)?.[1] ?? "";
}

/** Newer versions of TLC name the properties; older ones say only that some were violated. */
function propertyNames(message: string): string[] {
  const names = /^Temporal propert(?:y|ies) (.+?) w(?:as|ere) violated/.exec(message)?.[1];
  return names?.split(/,? and |, /) ?? [];
}
