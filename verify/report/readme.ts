/** The parts of README.md that come from the models: the first trace, and the table of bounds. */
import { createSystem } from "../mediator/createSystem.js";
import { loadModel } from "../mediator/loadModel.js";
import { findEntry, readManifest } from "../model/manifest.js";
import type { ManifestEntry } from "../model/manifestEntry.js";
import { createMachine } from "../replay/machine.js";
import { parseSchedule } from "../replay/schedule.js";
import { behaviorRows, formatBehavior } from "./behaviorView.js";
import { grouped } from "./screen.js";

const TRACE = /(<!-- trace: (\w+) ([\d:,]+) -->\n)[\s\S]*?(<!-- \/trace -->)/;
const BOUNDS = /(<!-- bounds -->\n)[\s\S]*?(<!-- \/bounds -->)/;

/** Columns of a page that shows code without scrolling sideways. */
const PAGE_WIDTH = 128;

/** The README with its generated parts made anew. */
export function fillReadme(text: string): string {
  return text
    .replace(TRACE, (_, start: string, name: string, schedule: string, end: string) => {
      return `${start}\n\`\`\`text\n${lanes(name, schedule)}\n\`\`\`\n\n${end}`;
    })
    .replace(BOUNDS, (_, start: string, end: string) => `${start}\n${bounds()}\n\n${end}`);
}

/** The lanes of a schedule, without the lines of the sources, which change with every edit. */
function lanes(name: string, schedule: string): string {
  const model = loadModel(findEntry(readManifest(), name));
  const system = createSystem(model.options, model.calls);
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

function bounds(): string {
  const rows = readManifest().map((entry) => {
    const { name, about, full } = entry;
    return `| ${name} | ${about}${full ? " (with `--full`)" : ""} | ${outcome(entry)} |`;
  });
  return ["| model | what it is | TLC |", "|---|---|---|", ...rows].join("\n");
}

function outcome({ expect, conform }: ManifestEntry): string {
  if (expect.verdict !== "holds")
    return `violates ${expect.violates}, ${expect.traceLength} states`;
  const { distinct = 0, generated = 0 } = expect;
  const counts = `${grouped(distinct)} states, ${grouped(generated)} generated`;
  return conform ? `holds: ${counts}; every edge compared` : `holds: ${counts}`;
}
