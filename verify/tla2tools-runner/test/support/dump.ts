import { readFileSync } from "node:fs";
import type { GraphVisitor } from "../../src/index.js";

/**
 * TLC's state graph as lines, with the states numbered from 0 as they come. The variables of a
 * state are sorted, because TLC has an order of its own.
 */
export function readDump(path: string): readonly string[] {
  const numbers = new Map<string, number>();
  const numberOf = (fingerprint: string): number => {
    if (!numbers.has(fingerprint)) numbers.set(fingerprint, numbers.size);
    return numbers.get(fingerprint) ?? -1;
  };
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, from, to, action] = /^(-?\d+) -> (-?\d+) \[label="(\w+)"/.exec(line) ?? [];
      if (from !== undefined && to !== undefined) {
        return [`${numberOf(from)} -> ${numberOf(to)} ${action}`];
      }
      const [, id, text, initial] = /^(-?\d+) \[label="(.*?)"(,style = filled)?\]/.exec(line) ?? [];
      if (id === undefined || text === undefined) return [];
      const plain = text.replaceAll("\\n", "\n").replaceAll("\\\\", "\\").replaceAll('\\"', '"');
      return [stateLine(numberOf(id), plain, initial !== undefined)];
    });
}

/** Keeps a graph in the same form. */
export class GraphLines implements GraphVisitor {
  readonly lines: string[] = [];

  state(id: number, text: string, isInitial: boolean): void {
    this.lines.push(stateLine(id, text, isInitial));
  }

  edge(from: number, to: number, action: string): void {
    this.lines.push(`${from} -> ${to} ${action}`);
  }
}

const stateLine = (id: number, text: string, isInitial: boolean): string =>
  `${id}${isInitial ? " initial" : ""}: ${text.split("\n").toSorted().join(", ")}`;
