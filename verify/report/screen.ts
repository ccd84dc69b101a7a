/** What the terminal can do: width, colours, live lines. Standard output and error differ. */
import pc from "picocolors";

/** Columns of a stream; 132 where it is no terminal. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? Math.max(40, stream.columns ?? 100) : 132;
}

/** Colours only on a terminal, and never with NO_COLOR. */
export const colors = pc.createColors(
  process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb",
);

/** Numbers as people read them: 1,356,711. */
export const grouped = (n: number): string => n.toLocaleString("en-US");

export const seconds = (s: number): string => s.toFixed(s < 10 ? 1 : 0);

/** A rate: 31k, 3.1M. */
export function rate(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(1)}M`;
  return perSecond >= 1e4 ? `${Math.round(perSecond / 1e3)}k` : grouped(Math.round(perSecond));
}
