/** The parts of pages that are made: a trace, the table of bounds, and what probing guests see. */
import { systemOf } from "../mediator/createSystem.js";
import { fixRows } from "../mediator/fixRows.js";
import { loadModel } from "../mediator/loadModel.js";
import { probeRows } from "../mediator/probes.js";
import { findEntry, readManifest } from "../model/manifest.js";
import type { ManifestEntry } from "../model/manifestEntry.js";
import { createMachine } from "../replay/machine.js";
import { parseSchedule } from "../replay/schedule.js";
import { behaviorRows, formatBehavior } from "./behaviorView.js";
import { grouped } from "./screen.js";

/** `<!-- name arguments -->`, what is made, and `<!-- /name -->`. */
const PART = /(<!-- (\w+)(?:: ([^>]*))? -->\n)[\s\S]*?(<!-- \/\2 -->)/g;

/** What makes each part, by its name; the arguments stand behind a colon. */
const parts: Readonly<Record<string, (argument: string) => Promise<string> | string>> = {
  async trace(argument) {
    const [name, schedule] = argument.split(" ");
    return `\`\`\`text\n${await lanes(name, schedule)}\n\`\`\``;
  },
  bounds,
  fixes: () => table(["fix", "what it does", "breaks without it"], fixRows(readManifest())),
  probes: () => table(["preset", "asked", "answered", "then in force"], probeRows()),
};

/** The pages that have generated parts, from the root of the package. */
export const PAGES = ["README.md", "docs/negotiation.md"] as const;

/** Columns of a page that shows code without scrolling sideways. */
const PAGE_WIDTH = 128;

/** A page with its generated parts made anew; a part that nobody makes stays as it is. */
export async function fillReadme(text: string): Promise<string> {
  const made = new Map<string, string>();
  for (const [all, start, name, argument = "", end] of text.matchAll(PART)) {
    const make = parts[name];
    if (make !== undefined) made.set(all, `${start}\n${await make(argument)}\n\n${end}`);
  }
  return text.replace(PART, (all) => made.get(all) ?? all);
}

/** The lanes of a schedule, without the lines of the sources, which change with every edit. */
async function lanes(name: string, schedule: string): Promise<string> {
  const model = await loadModel(findEntry(readManifest(), name));
  const system = systemOf(model);
  const machine = createMachine(system);
  const states = [machine.initial];
  const steps = parseSchedule(schedule).map((step) => {
    const taken = machine.take(step);
    states.push(machine.stateText());
    return taken;
  });
  const rows = behaviorRows(system, steps, states).map((row) => {
    return { ...row, model: undefined, code: undefined };
  });
  return formatBehavior(system, rows, PAGE_WIDTH);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(line)].join("\n");
}

function bounds(): string {
  const rows = readManifest().map((entry) => {
    const { name, about, full } = entry;
    return [name, `${about}${full ? " (with `--full`)" : ""}`, outcome(entry)];
  });
  return table(["model", "what it is", "TLC"], rows);
}

function outcome({ expect, conform }: ManifestEntry): string {
  if (expect.verdict !== "holds")
    return `violates ${expect.violates}, ${expect.traceLength} states`;
  const { distinct = 0, generated = 0 } = expect;
  const counts = `${grouped(distinct)} states, ${grouped(generated)} generated`;
  if (conform === undefined) return `holds: ${counts}`;
  return `holds: ${counts}; every edge compared${conform === "full" ? " (with `--full`)" : ""}`;
}
