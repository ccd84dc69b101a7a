import { assertNever } from "../support/assertNever.js";
import { failureMessages, type MessageKind } from "./failureMessages.js";
import { messageCodes as code } from "./messageCodes.js";
import { readCfgLocation } from "./readCfgLocation.js";
import { readParserReport } from "./readParserReport.js";
import { locationsIn, type ModuleFiles, type SourceLocation } from "./SourceLocation.js";
import type { TlcMessage } from "./TlcMessage.js";
import type { TlcVerdict, VerdictKind } from "./TlcResult.js";

/** What is known of a run that came to its end by itself. */
export interface EndedRun {
  readonly messages: readonly TlcMessage[];
  readonly output: readonly string[];
  readonly stderr: string;
  /** Undefined for a log that does not say. */
  readonly exitCode: number | undefined;
  readonly files: ModuleFiles;
  /** Undefined for a log alone. */
  readonly config: { readonly path: string; readonly text: string } | undefined;
  /** Whether the configuration names a behavior; undefined if it is not known. */
  readonly hasBehavior: boolean | undefined;
  /** Whether TLC was to go on after a violation. */
  readonly continued: boolean;
}

const OUT_OF_MEMORY = new RegExp(
  [
    "OutOfMemoryError",
    "GC overhead limit exceeded",
    "Too small maximum heap",
    "Initial heap size set to a larger value",
  ].join("|"),
);

/** Java's own exit codes: it did not start, or ended itself for lack of memory. */
const JAVA_EXIT_CODES: ReadonlySet<number | undefined> = new Set([1, 3]);
const MEMORY_EXCEPTION = /^The exception was an? java\.lang\.OutOfMemoryError/m;

/** What Java says of files that TLC itself reads and writes; it tells nothing of the model. */
const INPUT_OUTPUT = /^The exception was an? java\.(?:nio|io)\./m;

const VIOLATIONS: ReadonlySet<VerdictKind> = new Set<VerdictKind>([
  "invariant",
  "action-property",
  "temporal-property",
  "deadlock",
]);

/** Exit codes of `-continue`: TLC gives 0 or 255, whatever was violated. */
const CONTINUED: readonly number[] = [0, 255];

/** Whether a verdict says that some behavior is not allowed, which a run may survive. */
export function isViolation(kind: VerdictKind): boolean {
  return VIOLATIONS.has(kind);
}

/** That Java ended for lack of memory, which it says outside of TLC's messages. */
export function outOfMemory(run: EndedRun): TlcVerdict | undefined {
  if (!JAVA_EXIT_CODES.has(run.exitCode)) return undefined;
  const lines = [...run.stderr.split("\n"), ...run.output];
  const message = lines.find((line) => OUT_OF_MEMORY.test(line))?.trim();
  return message === undefined
    ? undefined
    : { kind: "out-of-memory", message, location: undefined };
}

/**
 * What a message of the class `error` or `bug` says of the model, if the exit code agrees. A
 * message inside it that says more exactly what is wrong decides.
 */
export function failureVerdict(error: TlcMessage, run: EndedRun): TlcVerdict | undefined {
  const outer = failureMessages.get(error.code);
  if (outer === undefined || INPUT_OUTPUT.test(error.text)) return undefined;
  const inner = error.nested.flatMap((nested) => failureMessages.get(nested.code) ?? []);
  const reason = inner.find(({ kind }) => kind === "bad-cfg" || kind === "assertion");
  const hasMemory = !MEMORY_EXCEPTION.test(error.text);
  const kind = hasMemory ? (reason?.kind ?? outer.kind) : "out-of-memory";
  const exitCodes = [outer, ...inner].flatMap((message) => message.exitCodes);
  const verdict = verdictOf(kind, error, run);
  return agrees(verdict.kind, exitCodes, run) ? verdict : undefined;
}

function agrees(kind: VerdictKind, exitCodes: readonly number[], run: EndedRun): boolean {
  if (run.exitCode === undefined || exitCodes.includes(run.exitCode)) return true;
  return run.continued && isViolation(kind) && CONTINUED.includes(run.exitCode);
}

function verdictOf(kind: MessageKind, error: TlcMessage, run: EndedRun): TlcVerdict {
  const message = plainText(error.text);
  const location = locationOf(error, run);
  switch (kind) {
    case "invariant":
      return { kind, name: nameIn(message, "Invariant"), message, location };
    case "action-property":
      return { kind, name: nameIn(message, "(?:Action p|P)roperty"), message, location };
    case "postcondition":
      return { kind, name: nameIn(message, "Postcondition"), message, location };
    case "temporal-property":
      return { kind, names: propertyNames(message), message, location };
    case "parser-report":
      return readParserReport(run.output, run.files);
    case "bad-cfg":
      return { kind, message, location: run.config && readCfgLocation(message, run.config) };
    case "deadlock":
    case "assertion":
    case "evaluation-error":
    case "out-of-memory":
      return { kind, message, location };
    default:
      return assertNever(kind);
  }
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
  return new RegExp(`^${label} (.+?) (?:at .*)?is (?:violated|false)`).exec(message)?.[1] ?? "";
}

/** Newer versions of TLC name the properties; older ones say only that some were violated. */
function propertyNames(message: string): string[] {
  const names = /^Temporal propert(?:y|ies) (.+?) w(?:as|ere) violated/.exec(message)?.[1];
  return names?.split(/,? and |, /) ?? [];
}
