/**
 * A command for a POSIX shell. A part that is `"$(mktemp -d)"` stands for a directory that the
 * shell makes, and is not quoted.
 */
export function shellCommand(parts: readonly string[]): string {
  return parts.map((part) => (part === NEW_DIRECTORY ? part : shellQuote(part))).join(" ");
}

export const NEW_DIRECTORY = '"$(mktemp -d)"';

function shellQuote(part: string): string {
  return /^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`;
}
