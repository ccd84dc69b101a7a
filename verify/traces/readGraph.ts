/** TLC's dump of a state graph, read into memory in the canonical order. */
import { type DumpVisitor, type Fingerprint, readDump } from "../graph/dumpReader.js";
import { FingerprintTable } from "../graph/fingerprintTable.js";
import { VerifyError } from "../support/verifyError.js";
import { canonicalGraph, type EdgeList } from "./canonicalGraph.js";
import type { ModelGraph } from "./modelGraph.js";
import { Rows } from "./rows.js";
import { cellsOf, packRows } from "./splitCells.js";

/**
 * @throws VerifyError DUMP_UNREADABLE, DUMP_TRUNCATED, DUMP_MALFORMED, DUMP_OTHER_MODEL
 */
export function readModelGraph(path: string): ModelGraph {
  const recorder = new Recorder(path);
  readDump(path, recorder);
  return recorder.graph();
}

class Recorder implements DumpVisitor {
  private readonly ids = new FingerprintTable();
  private readonly rows = new Rows();
  private readonly actions = new Map<string, number>();
  private readonly edges = new GrowingEdges();
  private initial = -1;

  constructor(private readonly path: string) {}

  state(id: Fingerprint, text: string, initial: boolean, line: number): void {
    const index = this.indexOf(id);
    if (!this.rows.set(index, text)) throw this.malformed("names a state twice", line);
    if (!initial) return;
    if (this.initial >= 0) throw this.malformed("has two initial states", line);
    this.initial = index;
  }

  edge(from: Fingerprint, to: Fingerprint, action: string): void {
    let number = this.actions.get(action);
    if (number === undefined) {
      number = this.actions.size;
      this.actions.set(action, number);
    }
    this.edges.add(this.indexOf(from), this.indexOf(to), number);
  }

  graph(): ModelGraph {
    if (this.initial < 0) throw this.malformed("has no initial state", 0);
    if (!this.rows.areAllSet(this.ids.size)) throw this.malformed("has an edge into no state", 0);
    const { edges, initial } = this;
    const states = this.ids.size;
    const split = cellsOf(this.rows, states);
    const arena = packRows(split, states);
    const actions = [...this.actions.keys()];
    return canonicalGraph(split, { states, initial, arena, actions, edges }, (action) => {
      return this.malformed(`has a step ${action} that is nobody's`, 0);
    });
  }

  private indexOf(id: Fingerprint): number {
    const known = this.ids.find(id);
    return known >= 0 ? known : this.ids.add(id);
  }

  private malformed(detail: string, line: number): VerifyError {
    return new VerifyError({
      code: "DUMP_MALFORMED",
      what: `the state graph ${detail}`,
      where: line > 0 ? `${this.path}:${line}:1` : this.path,
      expected: "a graph of FfaMediator with one initial state, written to its end",
      hint: "let TLC write it again: ffa-verify traces export MODEL",
    });
  }
}

class GrowingEdges implements EdgeList {
  size = 0;
  from: Int32Array = new Int32Array(1024);
  to: Int32Array = new Int32Array(1024);
  action: Int32Array = new Int32Array(1024);

  add(from: number, to: number, action: number): void {
    if (this.size === this.from.length) {
      this.from = doubled(this.from);
      this.to = doubled(this.to);
      this.action = doubled(this.action);
    }
    this.from[this.size] = from;
    this.to[this.size] = to;
    this.action[this.size++] = action;
  }
}

function doubled(array: Int32Array): Int32Array {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
