/** Where a string or a comment begins. */
const START = /"|\\\*|\(\*/g;

/**
 * Replaces the comments of a TLA+ text (or configuration file) by spaces. Every other character
 * keeps its line and column, on which the meaning of `/\` and `\/` lists depends.
 */
export function stripComments(text: string): string {
  let result = "";
  let at = 0;
  for (;;) {
    START.lastIndex = at;
    const start = START.exec(text)?.index;
    if (start === undefined) return result + text.slice(at);
    const isString = text[start] === '"';
    const end = isString ? stringEnd(text, start) : commentEnd(text, start);
    const piece = text.slice(start, end);
    result += text.slice(at, start) + (isString ? piece : piece.replace(/[^\n]/g, " "));
    at = end;
  }
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"' && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function commentEnd(text: string, start: number): number {
  if (text.startsWith("\\*", start)) {
    const end = text.indexOf("\n", start);
    return end < 0 ? text.length : end;
  }
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith("(*", at)) {
      depth += 1;
      at += 1;
    } else if (text.startsWith("*)", at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}
