/**
 * A small state graph of TLC in memory, as a multigraph: parallel edges are kept, and every edge
 * knows its actor.
 *
 * The dump names only the action of an edge. Who took it follows from the two states: the actor
 * whose pc, call, work or answer differs, or else the toolstack of the domain whose life does. A
 * step that leaves its actor where it was, such as asking again, is of the one actor that is there.
 */
import { canonicalValue, formatValue, parseValue } from "tla2tools-runner";
import type { StateText } from "../model/stateText.js";
import { VerifyError } from "../support/verifyError.js";
import { type DumpVisitor, type Fingerprint, readDump } from "./dumpReader.js";
import { variablesOf } from "./dumpText.js";
import { FingerprintTable } from "./fingerprintTable.js";

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly action: string;
  /** Those of the action as TLC prints them; only newer versions do. */
  readonly parameters: string | undefined;
  /** From 1, as in the model. */
  readonly actor: number;
}

export interface StateGraph {
  /** By index; each variable's value in canonical form. */
  readonly states: readonly StateText[];
  readonly initial: number;
  /** How many edges there are; parallel ones count each. */
  readonly edges: number;
  outEdges(state: number): readonly GraphEdge[];
  /** The index of the state with these values, in canonical form or not; -1 when there is none. */
  find(text: StateText): number;
}

/**
 * Reads a whole dump into memory: for graphs of up to some 100,000 states.
 *
 * @throws VerifyError DUMP_UNREADABLE, DUMP_TRUNCATED, DUMP_MALFORMED
 */
export function readStateGraph(path: string): StateGraph {
  const builder = new GraphBuilder(path);
  readDump(path, builder);
  return builder.build();
}

/** The variables that are functions on actors. */
const LOCAL = ["pc", "call", "work", "answer"] as const;

class GraphBuilder implements DumpVisitor {
  private readonly ids = new FingerprintTable();
  private readonly states: StateText[] = [];
  private readonly targets: Omit<GraphEdge, "from" | "actor">[][] = [];
  private readonly byKey = new Map<string, number>();
  private readonly values = new Values();
  private initial = -1;
  private edges = 0;

  constructor(private readonly path: string) {}

  state(id: Fingerprint, text: string, initial: boolean, line: number): void {
    const index = this.indexOf(id);
    if (this.states[index] !== undefined) throw this.malformed("names a state twice", line);
    const state = this.values.stateIn(text);
    this.states[index] = state;
    this.byKey.set(keyOf(state), index);
    if (!initial) return;
    if (this.initial >= 0) throw this.malformed("has two initial states", line);
    this.initial = index;
  }

  edge(from: Fingerprint, to: Fingerprint, action: string, parameters: string | undefined): void {
    this.targets[this.indexOf(from)].push({ to: this.indexOf(to), action, parameters });
    this.edges++;
  }

  build(): StateGraph {
    if (this.initial < 0) throw this.malformed("has no initial state", 0);
    for (let i = 0; i < this.ids.size; i++) {
      if (this.states[i] === undefined) throw this.malformed("has an edge into no state", 0);
    }
    const { states, initial, edges, values, byKey } = this;
    const outgoing = this.targets.map((targets, from) =>
      targets.map((target) => {
        const { to, action } = target;
        const actor = actorOf(values, states[from], states[to], action);
        if (actor < 0) throw this.malformed(`has a step ${action} that is nobody's`, 0);
        return { from, ...target, actor };
      }),
    );
    return {
      states,
      initial,
      edges,
      outEdges: (state) => outgoing[state],
      find: (text) => byKey.get(keyOf(values.canonical(text))) ?? -1,
    };
  }

  private indexOf(id: Fingerprint): number {
    const known = this.ids.find(id);
    if (known >= 0) return known;
    this.targets.push([]);
    return this.ids.add(id);
  }

  private malformed(detail: string, line: number): VerifyError {
    return new VerifyError({
      code: "DUMP_MALFORMED",
      what: `the state graph ${detail}`,
      where: line > 0 ? `${this.path}:${line}:1` : this.path,
      expected: "a graph of FfaMediator with one initial state, written to its end",
      hint: "let TLC write it again: ffa-verify conform MODEL",
    });
  }
}

/** Texts of values, each parsed once and kept once. */
class Values {
  private readonly canonicals = new Map<string, string>();
  private readonly elements = new Map<string, readonly string[]>();

  /** A state as the dot format writes it. */
  stateIn(text: string): StateText {
    const state = variablesOf(text).map(([variable, value]): readonly [string, string] => {
      return [variable, this.canonicalText(value)];
    });
    return new Map(state.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  canonical(text: StateText): StateText {
    const state = [...text].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(state.map(([variable, value]) => [variable, this.canonicalText(value)]));
  }

  /** The elements of a tuple; none for any other value. */
  elementsOf(text: string): readonly string[] {
    let known = this.elements.get(text);
    if (known === undefined) {
      const value = parseValue(text);
      known = value.type === "tuple" ? value.elements.map((each) => formatValue(each)) : [];
      this.elements.set(text, known);
    }
    return known;
  }

  private canonicalText(text: string): string {
    let known = this.canonicals.get(text);
    if (known === undefined) {
      known = formatValue(canonicalValue(parseValue(text)));
      this.canonicals.set(text, known);
    }
    return known;
  }
}

const keyOf = (state: StateText): string =>
  [...state].map(([variable, value]) => `${variable}=${value}`).join("|");

/** Who took the step between two states; -1 when nobody can be told. */
function actorOf(values: Values, from: StateText, to: StateText, action: string): number {
  for (const variable of LOCAL) {
    const index = firstDifference(values, variable, from, to);
    if (index >= 0) return index + 1;
  }
  const domain = firstDifference(values, "life", from, to);
  const there = values
    .elementsOf(from.get("pc") ?? "")
    .flatMap((pc, i) => (pc === `"${action}"` ? [i + 1] : []));
  if (domain < 0) return there.length === 1 ? there[0] : -1;
  return values.elementsOf(from.get("call") ?? "").length + domain + 1;
}

function firstDifference(values: Values, variable: string, a: StateText, b: StateText): number {
  const [one, other] = [a.get(variable) ?? "", b.get(variable) ?? ""];
  if (one === other) return -1;
  const theirs = values.elementsOf(other);
  return values.elementsOf(one).findIndex((text, i) => text !== theirs[i]);
}
