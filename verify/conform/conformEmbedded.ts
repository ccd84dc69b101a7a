/** The same comparison with the graph that the embedded engine finds, which needs no Java. */
import { readFileSync } from "node:fs";
import { type EmbeddedVerdict, type GraphVisitor, readCfg, runEmbedded } from "tla2tools-runner";
import { Stepper } from "../engine/stepper.js";
import type { DumpVisitor, Fingerprint } from "../graph/dumpReader.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";
import { Comparison, Stop } from "./conform.js";
import { type ConformOutcome, outcomeOf } from "./conformModel.js";

export interface ConformEmbeddedOptions {
  /** The comparison ends after so long with what it has seen. */
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** What was compared, and why the engine ended early; undefined when it did not. */
export interface EmbeddedConformance {
  readonly outcome: ConformOutcome;
  readonly endedBy: EmbeddedVerdict["kind"] | undefined;
}

/**
 * Compares while the engine goes on, so that it ends at the first difference. What the cfg checks
 * is left out: a violation would end the graph, and is for `check` to tell.
 *
 * @param system The implementation as this model configures it.
 * @throws ToolError, as `runEmbedded` does
 */
export async function conformEmbedded(
  model: Model,
  system: System,
  options: ConformEmbeddedOptions,
): Promise<EmbeddedConformance> {
  const start = performance.now();
  const stepper = new Stepper(system);
  const comparison = new Comparison(stepper);
  let endedBy: EmbeddedVerdict["kind"] | undefined;
  try {
    const cfg = readCfg(readFileSync(model.cfgPath, "utf8"), model.cfgPath);
    const { verdict } = await runEmbedded({
      spec: model.spec,
      cfg: { ...cfg, invariants: [], properties: [] },
      checkDeadlock: false,
      graph: new AsDump(comparison),
      timeoutSeconds: options.timeoutSeconds,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (verdict.kind !== "holds") endedBy = verdict.kind;
    comparison.finish(endedBy === undefined);
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
  }
  return { outcome: outcomeOf(model, stepper, comparison.result(0), start), endedBy };
}

/** Hands a graph on as the lines that TLC would have written. */
class AsDump implements GraphVisitor {
  private lines = 0;
  // No fingerprint of TLC is 0, which stands for none.
  private readonly one: Fingerprint = { head: 1, tail: 0 };
  private readonly other: Fingerprint = { head: 1, tail: 0 };

  constructor(private readonly visitor: DumpVisitor) {}

  state(id: number, text: string, isInitial: boolean): void {
    this.one.tail = id;
    this.visitor.state(this.one, escaped(text), isInitial, ++this.lines);
  }

  edge(from: number, to: number, action: string): void {
    this.one.tail = from;
    this.other.tail = to;
    this.visitor.edge(this.one, this.other, action, undefined, ++this.lines);
  }
}

const escaped = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
