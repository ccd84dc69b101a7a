/** verify/explain/guards.ts: what each actor may do in a state, and which conjunct refuses a step. */
import { describe, expect, test } from "vitest";
import { Guards, refusalsText } from "../../verify/explain/guards.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { createMachine, machineAfter } from "../../verify/replay/machine.js";
import { parseSchedule } from "../../verify/replay/schedule.js";
import { standingJson } from "../../verify/report/standings.js";
import { builtin, number, use, withEdit } from "../support/changedTrees.js";

const model = await loadModel(findEntry(readManifest(), "MC1x2"));
const system = systemOf(model);
const guards = new Guards(model);

/** vCPU 1.0 has the lock of its domain's version, and vCPU 1.1 wants it. */
const { machine } = machineAfter(system, parseSchedule("3:0,1:0,1,1,2:0,2"));
const contended = machine.stateText();

describe("standings", () => {
  const found = guards.standings(system, contended);

  test("of each actor: what it may do, or what it waits for", () => {
    const told = found.map(({ actor, action, refusals }) => {
      return [actor.name, action, refusalsText(refusals).replace(/^[\w.]+:\d+ /, "")];
    });
    expect(told).toEqual([
      ["vCPU 1.0", "RereadGuestVers", ""],
      ["vCPU 1.1", "LockGuestVers", "versLock[1] = 0 (it is 1)"],
      ["toolstack 1", "CreateDomain", expect.stringContaining('"running"')],
      ["toolstack 1", "PauseDomain", expect.stringContaining("pc")],
      ["toolstack 1", "FreeDomain", expect.stringContaining('"dropped"')],
      ["timer", "FireTimer", "timerSet (timerSet is FALSE)"],
    ]);
    expect(found.every(({ isKnown }) => isKnown)).toBe(true);
  });

  test("are those of the machine: enabled here and there", () => {
    const enabled = found.filter(({ refusals }) => refusals.length === 0);
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
    expect(second.refusals).toEqual([]);
  });

  test("of a state that lacks a variable there are none", () => {
    const lacking = new Map([...contended].filter(([name]) => name !== "vmCount"));
    expect(guards.standings(system, lacking)).toEqual([]);
    expect(guards.refusals("LockGuestVers", 2, lacking)).toEqual([]);
  });
});

describe("refusal", () => {
  test("is of the actor that is asked for", () => {
    expect(guards.refusals("LockGuestVers", 2, contended)[0].text).toBe("versLock[1] = 0");
    expect(guards.refusals("LockGuestVers", 1, contended)[0].text).toContain("pc");
    expect(guards.refusals("RereadGuestVers", 1, contended)).toEqual([]);
    expect(guards.refusals("NoAction", 1, contended)).toEqual([]);
  });

  test("names the first conjunct that is false, with all that it reads", () => {
    const { initial } = createMachine(system);
    const [refusal, ...others] = guards.refusals("StartCall", 1, initial);
    expect(refusal.text).toBe('life[1] = "running"');
    expect(refusal.reads).toEqual([{ text: "life[1]", value: '"absent"' }]);
    expect(others).toEqual([]);
  });

  test("names one for each way to take the step: none of them is the reason alone", () => {
    const countIs = (count: number) => builtin("=", use("variable", "vmCount"), number(count));
    const modules = withEdit(model.spec.modules, {
      definition: "LockGuestVers",
      find: "versLock' = [versLock EXCEPT ![DomainOf[v]] = v]",
      replace: (found) =>
        builtin("\\/", ...[7, 8].map((count) => builtin("/\\", countIs(count), found))),
    });
    const two = new Guards({ ...model, spec: { ...model.spec, modules } });
    const { machine: free } = machineAfter(system, parseSchedule("3:0,2:0,2"));
    const standing = two.standings(system, free.stateText())[1];
    expect(standing.refusals.map(({ text }) => text)).toEqual(["vmCount = 7", "vmCount = 8"]);
    expect(refusalsText(standing.refusals)).toMatch(
      /vmCount = 7 \(it is 0\), and \S+ vmCount = 8 \(it is 0\)$/,
    );
    expect(standingJson(standing)).toMatchObject({
      enabled: false,
      conjunct: "vmCount = 7",
      others: [{ conjunct: "vmCount = 8", reads: [{ text: "vmCount", value: "0" }] }],
    });
  });
});
