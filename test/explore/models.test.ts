/** The explorer on the models of the manifest: the counts that TLC has, and the lengths of its traces. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pinned } from "../../verify/commands/explore.js";
import { explore } from "../../verify/engine/explore.js";
import { exploreModel, violationIn } from "../../verify/explore/exploreModel.js";
import {
  exploreMonitored,
  type WatchedSystem,
  watchedSystem,
} from "../../verify/explore/exploreMonitored.js";
import { createSystem, systemOf } from "../../verify/mediator/createSystem.js";
import { fixRows } from "../../verify/mediator/fixRows.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { Profile } from "../../verify/mediator/profile.js";
import type { System } from "../../verify/mediator/system.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { createMachine } from "../../verify/replay/machine.js";
import { formatExploreDetails } from "../../verify/report/exploreTables.js";

/** Enough for every model of the conformance check. */
const MOST_STATES = 400_000;

const entries = readManifest().filter(({ module }) => module === "MCNegotiation");
const small = entries.filter(({ expect: { verdict, distinct } }) => {
  return verdict === "holds" && (distinct ?? 0) <= MOST_STATES;
});
const hazards = entries.filter(({ expect: { verdict } }) => verdict !== "holds");

const loaded = async (entry: (typeof entries)[number]) => {
  const model = await loadModel(entry);
  return { model, system: systemOf(model) };
};

describe("the explorer on the models", () => {
  it.each(small.map((entry) => [entry.name, entry] as const))(
    "counts %s as TLC does",
    async (_, entry) => {
      const { model } = await loaded(entry);
      const outcome = await exploreModel(model, {}, pinned(model));
      // Where the counts differ this says at which step, and what replays it.
      expect(formatExploreDetails(outcome)).toBe("");
      const { exploration } = outcome;
      const { distinct, generated, depth } = entry.expect;
      expect(exploration.outcome).toEqual({ kind: "holds" });
      expect(exploration).toMatchObject({ distinct, mappedDistinct: distinct, generated, depth });
      expect(exploration.checked).toEqual([...model.invariants, ...model.properties]);
    },
  );

  // What breaks without a fix is looked for below, one by one; the first of it is the hazard.
  const single = hazards.filter(({ without }) => without === undefined);
  it.each(single.map((entry) => [entry.name, entry] as const))(
    "finds the hazard of %s with a trace as short as TLC's",
    async (_, entry) => {
      const { model, system } = await loaded(entry);
      const { outcome } = await explore(system, {
        invariants: [...model.invariants, ...model.properties],
      });
      expect(outcome).toMatchObject({
        kind: "violation",
        violation: { name: entry.expect.violates, length: entry.expect.traceLength },
      });
    },
  );

  it.each(hazards.filter(({ without }) => without !== undefined).map((entry) => [entry] as const))(
    "breaks what the manifest says, and nothing else: $name",
    async (entry) => {
      const { model, system } = await loaded(entry);
      const broken = Object.entries(entry.breaks ?? {});
      const { violates = "", traceLength } = entry.expect;
      const shortest = Math.min(...broken.map(([, length]) => length));
      expect([entry.breaks?.[violates], traceLength]).toEqual([shortest, shortest]);
      const names = [...model.invariants, ...model.properties];
      // Behind what breaks, the code may come to misuse what it shares.
      const faults = broken.filter(([name]) => !names.includes(name));
      for (const [name, length] of broken) {
        if (!names.includes(name)) continue;
        const { outcome } = await explore(system, { invariants: [name] });
        expect(outcome).toMatchObject({ kind: "violation", violation: { name, length } });
      }
      const others = names.filter((name) => entry.breaks?.[name] === undefined);
      expect(others).toHaveLength(names.length - broken.length + faults.length);
      const { outcome } = await explore(system, { invariants: others });
      const [fault] = faults.map(([name, length]) => ({ kind: "fault", name, length }));
      if (fault === undefined) expect(outcome).toEqual({ kind: "holds" });
      else expect(outcome).toMatchObject({ kind: "violation", violation: fault });
    },
  );

  it("has a model without each fix, in which something breaks", () => {
    expect(fixRows(entries).map(([, , breaks]) => breaks)).not.toContain("nothing");
    expect(fixRows([]).map(([, , breaks]) => breaks)).toContain("nothing");
  });

  it("breaks each action property when H6 publishes what nobody can speak", async () => {
    const { system } = await loaded(hazards.find(({ name }) => name === "MCH6")!);
    const { outcome } = await explore(system, { invariants: ["RequestIsSettledProp"] });
    expect(outcome).toMatchObject({
      kind: "violation",
      violation: { kind: "action-property", name: "RequestIsSettledProp", length: 7 },
    });
  });

  it("has every invariant and action property of the spec under its name", async () => {
    const text = readFileSync(join(modelDirectory, "Properties.tla"), "utf8");
    const names = [...text.matchAll(/^(TypeOK|\w+(?:Inv|Prop)) ==/gm)].map(([, name]) => name);
    const { system } = await loaded(findEntry(entries, "MC1x2"));
    expect(system.checkableNames.toSorted()).toEqual(names.toSorted());
    for (const name of names) {
      const { states, steps } = system.checkable(name)!;
      expect(states.length + steps.length, name).toBeGreaterThan(0);
    }
  });
});

/** Without what was read, a listing for 1.0 looks like one for 1.1 until it writes its entries. */
const forgetful = (system: System): System => ({
  ...system,
  actors: system.actors.map((actor) => ({
    ...actor,
    programs: actor.programs.map((program) => ({
      ...program,
      profile(run) {
        const { pc, call, answer } = program.profile(run);
        return new Profile(pc, call, "<<>>", answer);
      },
    })),
  })),
});

describe("local states that the correspondence confuses", () => {
  it("end an exploration with an error, and never with a count", async () => {
    const { options, calls } = await loadModel(findEntry(readManifest(), "MC1x2"));
    const system = createSystem(options, calls);
    await expect(explore(system)).resolves.toMatchObject({ outcome: { kind: "holds" } });
    await expect(explore(forgetful(system))).rejects.toMatchObject({ code: "LOCALS_INCOMPLETE" });
  });
});

it("a monitor beside such a system ends with the same error", async () => {
  const model = await loadModel(findEntry(readManifest(), "MCH8"));
  const watched = watchedSystem(model, forgetful(systemOf(model)));
  expect(() => exploreMonitored(watched as WatchedSystem, [])).toThrow("LOCALS_INCOMPLETE");
});

describe("the monitor of H8 beside the implementation", () => {
  const run = async (name: string) =>
    exploreModel(await loadModel(findEntry(readManifest(), name)), {});

  it("comes to TLC's counts for the hardened design", async () => {
    const { model, exploration } = await run("MCH8Hardened");
    const { distinct, generated, depth } = exploration;
    expect(exploration.outcome.kind).toBe("holds");
    expect({ distinct, generated, depth }).toEqual(pinned(model));
    const steps = [...exploration.generatedByAction.values()];
    expect(steps.reduce((all, some) => all + some, 0)).toBe(generated - 1);
  });

  it("takes no limits, and says so", async () => {
    const model = await loadModel(findEntry(readManifest(), "MCH8"));
    const limited = exploreModel(model, { stateLimit: 10 });
    await expect(limited).rejects.toMatchObject({ code: "USAGE" });
  });

  it("finds a behavior as short as TLC's in the posted one, and the machine takes it", async () => {
    const outcome = await run("MCH8");
    const violation = violationIn(outcome);
    expect(violation).toMatchObject({ name: "OneMomentExplainsInv", length: 53 });
    const machine = createMachine(outcome.system);
    for (const step of violation?.behavior ?? []) machine.take(step);
    expect(machine.taken).toHaveLength(52);
  });
});
