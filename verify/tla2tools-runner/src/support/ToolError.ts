import type { ErrorCode } from "./errorCodes.js";

/** What a {@link ToolError} says; all fields but the first two are optional. */
export interface ToolErrorFields<Code extends string = ErrorCode> {
  /** The stable code; those of this package are the keys of `errorCodes`. */
  readonly code: Code;
  /** One plain sentence: what is wrong. */
  readonly what: string;
  /** Where: `file:line:column`, a path, or the name of an environment variable. */
  readonly where?: string | undefined;
  /** What was expected there. */
  readonly expected?: string | undefined;
  /** What was found instead; may have several lines. */
  readonly found?: string | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** A command to paste that shows the same failure. */
  readonly reproduce?: string | undefined;
}

/**
 * An error for users: a code, what is wrong, where, and what to do. It is shown by
 * {@link ToolError.format}, which never includes a stack trace.
 */
export class ToolError<Code extends string = ErrorCode> extends Error {
  override readonly name: string = "ToolError";
  readonly code: Code;
  readonly what: string;
  readonly where: string | undefined;
  readonly expected: string | undefined;
  readonly found: string | undefined;
  readonly hint: string | undefined;
  readonly reproduce: string | undefined;

  constructor(fields: ToolErrorFields<Code>, options?: ErrorOptions) {
    super(`${fields.code}: ${fields.what}`, options);
    this.code = fields.code;
    this.what = fields.what;
    this.where = fields.where;
    this.expected = fields.expected;
    this.found = fields.found;
    this.hint = fields.hint;
    this.reproduce = fields.reproduce;
  }

  /** The fields that are set, in a fixed order, for machine-readable output. */
  toJSON(): ToolErrorFields<Code> {
    const { code, what, where, expected, found, hint, reproduce } = this;
    return {
      code,
      what,
      ...(where !== undefined && { where }),
      ...(expected !== undefined && { expected }),
      ...(found !== undefined && { found }),
      ...(hint !== undefined && { hint }),
      ...(reproduce !== undefined && { reproduce }),
    };
  }

  /** Text for a person: the code and sentence first, then one labelled line for each field. */
  format(): string {
    const { code, what, ...rest } = this.toJSON();
    const lines = Object.entries(rest).map(
      ([label, text]) => `  ${label}: ${String(text).replaceAll("\n", "\n    ")}`,
    );
    return [`${code}: ${what}`, ...lines].join("\n");
  }
}
