/** What the terminal can do: width, colours, live lines. Standard output and error differ. */
import pc from "picocolors";

/** Columns of a stream; 132 where it is no terminal. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? Math.max(40, stream.columns ?? 100) : 132;
}

/** Colours only on a terminal that has them, and never with NO_COLOR. */
export const wantsColors = (
  { isTTY }: Pick<NodeJS.WriteStream, "isTTY">,
  { NO_COLOR, TERM }: NodeJS.ProcessEnv,
): boolean => isTTY === true && !NO_COLOR && TERM !== "dumb";

export const colors = pc.createColors(wantsColors(process.stdout, process.env));

/** Numbers as people read them: 1,356,711. */
export const grouped = (n: number): string => n.toLocaleString("en-US");

/** `1 step`, `2 steps`. */
export const counted = (n: number, what: string): string =>
  `${grouped(n)} ${what}${n === 1 ? "" : "s"}`;

export const seconds = (s: number): string => s.toFixed(s < 10 ? 1 : 0);

/** A rate: 31k, 3.1M. */
export function rate(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(1)}M`;
  return perSecond >= 1e4 ? `${Math.round(perSecond / 1e3)}k` : grouped(Math.round(perSecond));
}
