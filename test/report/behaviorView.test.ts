/** Behaviors on wide and narrow terminals. */
import { describe, expect, it } from "vitest";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { createMachine } from "../../verify/replay/machine.js";
import { parseSchedule } from "../../verify/replay/schedule.js";
import { behaviorRows, formatBehavior } from "../../verify/report/behaviorView.js";

const model = await loadModel(findEntry(readManifest(), "MCH1"));
const system = systemOf(model);
const machine = createMachine(system);
const states = [machine.initial];
const steps = parseSchedule("3:0,1:1,1,1,1,1,1,1").map((step) => {
  const taken = machine.take(step);
  states.push(machine.stateText());
  return taken;
});
const rows = behaviorRows(system, steps, states);

describe("formatBehavior", () => {
  it.each([250, 100, 60, 40])("keeps to %i columns", (width) => {
    const lines = formatBehavior(system, rows, width).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.join("\n")).toContain("WriteVersTmp");
  });

  it("shows lanes where they fit and a list where they do not", () => {
    expect(formatBehavior(system, rows, 250)).toMatch(/^state +vCPU 1\.0 +toolstack 1 +changes/);
    expect(formatBehavior(system, rows, 60)).toMatch(/^ +2 toolstack 1: CreateDomain/);
  });

  it("names the lines of the model's own spec, where that is another than the project's", () => {
    const lower = JSON.stringify(model.spec.modules).replace(
      /"line":(\d+)/g,
      (_, line) => `"line":${Number(line) + 1000}`,
    );
    const spec = { ...model.spec, modules: JSON.parse(lower) };
    const other = behaviorRows(system, steps, states, { cfgPath: "/other/MCH1.cfg", spec });
    const [, line] = /^model\/DomainTeardown\.tla:(\d+)$/.exec(rows[0].model ?? "") ?? [];
    expect(other[0].model).toBe(`/other/DomainTeardown.tla:${Number(line) + 1000}`);
    expect(behaviorRows(system, steps, states, model)).toEqual(rows);
  });

  it("says what changed, with the domain", () => {
    expect(rows[0].changes).toEqual(['life[1]: "absent" -> "running"']);
    expect(rows.find(({ action }) => action === "WriteVersTmp")?.changes).toEqual([
      "versTmp[1]: 0 -> 101",
    ]);
  });
});
