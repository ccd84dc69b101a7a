const ESCAPED: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\t": "\\t",
  "\r": "\\r",
  "\f": "\\f",
};

/** A string as TLA+ has it, with its quotes. */
export function formatString(value: string): string {
  return `"${value.replace(/["\\\n\t\r\f]/g, (char) => ESCAPED[char] ?? char)}"`;
}
