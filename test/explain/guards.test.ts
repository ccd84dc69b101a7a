/** verify/explain/guards.ts: what each actor may do in a state, and which conjunct refuses a step. */
import { describe, expect, test } from "vitest";
import { Guards, refusalText } from "../../verify/explain/guards.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { createMachine, machineAfter } from "../../verify/replay/machine.js";
import { parseSchedule } from "../../verify/replay/schedule.js";

const model = await loadModel(findEntry(readManifest(), "MC1x2"));
const system = systemOf(model);
const guards = new Guards(model);

/** vCPU 1.0 has the lock of its domain's version, and vCPU 1.1 wants it. */
const { machine } = machineAfter(system, parseSchedule("3:0,1:0,1,1,2:0,2"));
const contended = machine.stateText();

describe("standings", () => {
  const found = guards.standings(system, contended);

  test("of each actor: what it may do, or what it waits for", () => {
    const told = found.map(({ actor, action, refusal }) => {
      return [actor.name, action, refusal && refusalText(refusal).replace(/^[\w.]+:\d+ /, "")];
    });
    expect(told).toEqual([
      ["vCPU 1.0", "RereadGuestVers", undefined],
      ["vCPU 1.1", "LockGuestVers", "versLock[1] = 0 (it is 1)"],
      ["toolstack 1", "CreateDomain", expect.stringContaining('"running"')],
      ["toolstack 1", "PauseDomain", expect.stringContaining("pc")],
    ]);
    expect(found.every(({ isKnown }) => isKnown)).toBe(true);
  });

  test("are those of the machine: enabled here and there", () => {
    const enabled = found.filter(({ refusal }) => refusal === undefined);
    expect(enabled.map(({ actor, action }) => [actor.number, action])).toEqual(
      machine.enabledSteps().map(({ actor, action }) => [actor, action]),
    );
    const waiting = machine.waiting().map(({ actor, action }) => [actor, action]);
    expect(waiting).toEqual([[2, "LockGuestVers"]]);
  });

  test("of an action that the spec does not have", () => {
    const pc = contended.get("pc")?.replace("LockGuestVers", "NoAction") ?? "";
    const [, second] = guards.standings(system, new Map(contended).set("pc", pc));
    expect(second).toMatchObject({ action: "NoAction", isKnown: false });
    expect(second.refusal).toBeUndefined();
  });

  test("of a state that lacks a variable there are none", () => {
    const lacking = new Map([...contended].filter(([name]) => name !== "vmCount"));
    expect(guards.standings(system, lacking)).toEqual([]);
    expect(guards.refusal("LockGuestVers", 2, lacking)).toBeUndefined();
  });
});

describe("refusal", () => {
  test("is of the actor that is asked for", () => {
    expect(guards.refusal("LockGuestVers", 2, contended)?.text).toBe("versLock[1] = 0");
    expect(guards.refusal("LockGuestVers", 1, contended)?.text).toContain("pc");
    expect(guards.refusal("RereadGuestVers", 1, contended)).toBeUndefined();
    expect(guards.refusal("NoAction", 1, contended)).toBeUndefined();
  });

  test("names the first conjunct that is false, with all that it reads", () => {
    const { initial } = createMachine(system);
    const refusal = guards.refusal("StartCall", 1, initial);
    expect(refusal?.text).toBe('life[1] = "running"');
    expect(refusal?.reads).toEqual([{ text: "life[1]", value: '"absent"' }]);
  });
});
