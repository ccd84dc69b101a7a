/** What the traces of a model are made from, and whether that is still so. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { KNOWN_JARS } from "tla2tools-runner";
import type { Model } from "../mediator/model.js";
import { type Comparison, finding } from "../support/comparison.js";
import type { Origin, TracesHead } from "./tracesFile.js";

/** The folder of the traces, beside the modules. */
export const TRACES = "traces";

export const tracesPath = (directory: string, { name }: Pick<Model, "name">): string =>
  join(directory, `${name}.traces`);

/** Whether a model's graph is kept as traces: where it is compared by default. */
export const hasTraces = ({ conform }: Pick<Model, "conform">): boolean => conform === "always";

/** @param tlc The SHA-256 of TLC's jar. */
export function originOf(model: Model, tlc: string): Origin {
  const modules = model.spec.modules.map(({ name, sha256 }) => [`${name}.tla`, sha256] as const);
  const cfg = createHash("sha256").update(readFileSync(model.cfgPath, "utf8")).digest("hex");
  const sources = [...modules, [basename(model.cfgPath), cfg] as const];
  sources.sort(([a], [b]) => (a < b ? -1 : 1));
  return { model: model.name, sources: Object.fromEntries(sources), tlc };
}

const NONE = "none";

/** Whether a file is one of the model as it is now. */
export function originComparisons(model: Model, head: TracesHead): readonly Comparison[] {
  const now = originOf(model, head.tlc);
  const files = [...new Set([...Object.keys(now.sources), ...Object.keys(head.sources)])];
  const jar = KNOWN_JARS.some(({ sha256 }) => sha256 === head.tlc)
    ? head.tlc
    : KNOWN_JARS[0].sha256;
  const { generated = 0, distinct = 0 } = model.expect;
  return [
    finding("model", model.name, head.model),
    ...files.map((file) => {
      return finding(file, now.sources[file] ?? NONE, head.sources[file] ?? NONE);
    }),
    finding("jar of TLC", jar, head.tlc),
    finding("states", distinct, head.states),
    // Of the states that TLC generates one is the initial state.
    finding("edges", generated - 1, head.edges),
  ];
}
