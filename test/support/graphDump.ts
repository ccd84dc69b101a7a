/**
 * The implementation's own state graph, written as TLC writes one: so that tests can change a line
 * of a graph and say what must be found. It needs no Java.
 */
import { writeFileSync } from "node:fs";
import { formatValue, type GraphVisitor, parseState } from "tla2tools-runner";
import { defaultOptions, type MediatorOptions } from "../../src/options.js";
import { StateTable } from "../../verify/engine/stateTable.js";
import { Stepper } from "../../verify/engine/stepper.js";
import type { ModelCall } from "../../verify/mediator/correspondence/words.js";
import { createSystem } from "../../verify/mediator/createSystem.js";
import { stateTextOf } from "../../verify/mediator/refinement.js";
import type { System } from "../../verify/mediator/system.js";
import type { StateText } from "../../verify/model/stateText.js";

export interface StateLine {
  readonly kind: "state";
  readonly id: number;
  readonly text: StateText;
}

export interface EdgeLine {
  readonly kind: "edge";
  readonly from: number;
  readonly to: number;
  readonly action: string;
  /** Whether this is the edge that first led to its target. */
  readonly first: boolean;
}

export type DumpLine = StateLine | EdgeLine;

export const isEdge = (line: DumpLine): line is EdgeLine => line.kind === "edge";
export const isState = (line: DumpLine): line is StateLine => line.kind === "state";

/** One domain with one vCPU that negotiates and asks for its ID: some 50 states. */
export const TINY_CALLS: readonly ModelCall[] = [
  { name: "VERSION", argument: 101 },
  { name: "ID_GET", argument: 0 },
];

export const tinyOptions: MediatorOptions = {
  ...defaultOptions,
  maxDomains: 1,
  maxVcpus: 1,
  maxShm: 1,
};

export const tinySystem = (options: Partial<MediatorOptions> = {}): System =>
  createSystem({ ...tinyOptions, ...options }, TINY_CALLS);

/** States by breadth, each behind the first edge into it, as TLC with one worker writes them. */
export function graphLines(
  system: System,
  stepper: Stepper<System> = new Stepper(system),
): readonly DumpLine[] {
  const table = new StateTable(stepper.packing.words);
  const stateLine = (id: number, words: Int32Array): StateLine => {
    return { kind: "state", id, text: stateTextOf(stepper, words) };
  };
  table.add(stepper.initial);
  const lines: DumpLine[] = [stateLine(0, stepper.initial)];
  for (let from = 0; from < table.size; from++) {
    stepper.forEachStep(table.arena, from * table.words, (_, { label }, words) => {
      const to = table.add(words);
      lines.push({ kind: "edge", from, to, action: label, first: table.added });
      if (table.added) lines.push(stateLine(to, words));
    });
  }
  return lines;
}

/** Newer versions of TLC write the parameters of an action, and a tooltip that is the state. */
export type DumpForm = "2.18" | "newer";

/** The graph of a run of the embedded engine, as such lines. */
export class GraphLines implements GraphVisitor {
  readonly lines: DumpLine[] = [];
  private readonly seen = new Set<number>();

  state(id: number, text: string): void {
    this.seen.add(id);
    this.lines.push({ kind: "state", id, text: parsedText(text) });
  }

  edge(from: number, to: number, action: string): void {
    this.lines.push({ kind: "edge", from, to, action, first: !this.seen.has(to) });
  }
}

const parsedText = (text: string): StateText =>
  new Map([...parseState(text)].map(([name, value]) => [name, formatValue(value)]));

/** The lines as the file that TLC would write. */
export function dumpText(lines: readonly DumpLine[], form: DumpForm = "2.18"): string {
  const boxes = form === "newer" ? ["node [shape=box,style=rounded]"] : [];
  const cluster = ["nodesep=0.35;", "subgraph cluster_graph {", 'color="white";'];
  const body = lines.map((line) =>
    line.kind === "edge" ? lineOfEdge(line, form) : lineOfState(line, form),
  );
  const ranks = ["{rank = same; 0;}", "}", "}"];
  return ["strict digraph DiskGraph {", ...boxes, ...cluster, ...body, ...ranks].join("\n");
}

function lineOfEdge({ from, to, action }: EdgeLine, form: DumpForm): string {
  const parameters = form === "newer" ? escaped('(<<1, 0>>,"a\\"b")') : "";
  const colors = 'color="black",fontcolor="black"';
  return `${fingerprint(from)} -> ${fingerprint(to)} [label="${action}${parameters}",${colors}];`;
}

/** With an ALIAS the label is something else than the state, but for an initial state. */
function lineOfState({ id, text }: StateLine, form: DumpForm): string {
  const label = labelOf(text);
  if (id === 0) return `${fingerprint(id)} [label="${label}",style = filled]`;
  const attributes =
    form === "newer" ? `label="/\\\\ of = 1",tooltip="${label}"` : `label="${label}"`;
  return `${fingerprint(id)} [${attributes}];`;
}

export function writeDump(path: string, lines: readonly DumpLine[], form?: DumpForm): string {
  writeFileSync(path, dumpText(lines, form));
  return path;
}

/** A number of as many digits as a fingerprint has, of either sign. */
const fingerprint = (id: number): string =>
  `${id % 2 === 1 ? "-" : ""}${7_000_000_000 + id * 13}${String(123_456_780 + id)}`;

const labelOf = (text: StateText): string =>
  escaped([...text].map(([variable, value]) => `/\\ ${variable} = ${value}`).join("\n"));

const escaped = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
