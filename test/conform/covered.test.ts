/** verify/conform/conformModel.ts: what is compared of a graph, and what was covered by it. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkModel } from "../../verify/check/checkModel.js";
import type { Difference } from "../../verify/conform/conform.js";
import {
  conformComparisons,
  conformModel,
  outcomeOf,
  wronglyTaken,
} from "../../verify/conform/conformModel.js";
import { auditAutomaton } from "../../verify/engine/auditAutomaton.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { graphLines, writeDump } from "../support/graphDump.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";

const directory = temporaryDirectory();
const model = await tinyModel(directory);
const check = await checkModel(model, { engine: "embedded" });
const dump = writeDump(join(directory, "graph.dot"), graphLines(systemOf(model)));
const equal = conformModel(model, dump, check);
const { edgesByAction, stepper } = equal;
const whats = (outcome: typeof equal) => conformComparisons(outcome).map(({ what }) => what);

const ofActions = [...edgesByAction.keys(), ...(model.neverTaken ?? [])];
const ofActors = stepper.system.actors.map(({ name }) => name);
const ofTlc = ["states of the graph", "edges of the graph", "depth of the graph"];
const difference: Difference = {
  kind: "model-only",
  action: "GiveRx",
  behavior: [],
  model: undefined,
  implementation: undefined,
};

test("graph, end, TLC's counts, each action and each actor are compared, in this order", () => {
  const all = whats(equal);
  expect(all.slice(0, 5)).toEqual(["graph", "end of the graph", ...ofTlc]);
  expect(all.slice(5, 5 + ofActions.length).toSorted()).toEqual(ofActions.toSorted());
  expect(all.slice(5 + ofActions.length)).toEqual(ofActors);
});

test("of a graph that was written before there are no counts of TLC", () => {
  expect(conformModel(model, dump, check).isComplete).toBe(true);
  const before = conformModel(model, dump);
  expect(before.isComplete).toBe(true);
  expect(whats(before)).toEqual(whats(equal).filter((what) => !ofTlc.includes(what)));
  expect(conformComparisons(before).every(({ expected, found }) => expected === found)).toBe(true);
});

test("of part of a graph nothing is compared but where it ends, as the run's verdict says", () => {
  const part = conformModel(model, dump, { ...check, verdict: "deadlock" });
  expect(conformComparisons(part).slice(1)).toEqual([
    { what: "end of the graph", expected: "in part", found: "in part", exit: 1 },
  ]);
});

test("behind a difference nothing else is compared", () => {
  expect(conformComparisons({ ...equal, difference })).toEqual([
    { what: "graph", expected: "equal", found: "model-only", exit: 1 },
  ]);
});

test("whole is whole, and an action has steps or none", () => {
  const all = conformComparisons(equal);
  const of = (name: string) => all.find(({ what }) => what === name);
  expect(of("end of the graph")).toMatchObject({ expected: "whole", found: "whole" });
  expect(of("PublishGuestVers")).toMatchObject({ expected: "steps", found: "steps" });
  const [ruledOut] = model.neverTaken ?? [];
  expect(of(ruledOut)).toMatchObject({ expected: "none", found: "none" });
});

test("actions are named that should have steps and have none, and the other way round", () => {
  const [ruledOut] = model.neverTaken ?? [];
  const wrong = new Map(edgesByAction).set(ruledOut, 1);
  wrong.delete("PublishGuestVers");
  const wrongly = { neverTaken: ["PublishGuestVers"], unexpectedlyTaken: [ruledOut] };
  const none = { neverTaken: [], unexpectedlyTaken: [] };
  expect(wronglyTaken(equal)).toEqual(none);
  expect(wronglyTaken({ ...equal, edgesByAction: wrong })).toEqual(wrongly);
  // Where not all was looked at, nothing follows from what was not seen.
  expect(wronglyTaken({ ...equal, edgesByAction: wrong, difference })).toEqual(none);
  expect(wronglyTaken({ ...equal, edgesByAction: wrong, isComplete: false })).toEqual(none);
});

test("a model that rules nothing out has steps of every action", () => {
  const { neverTaken, ...strict } = model;
  expect(wronglyTaken({ ...equal, model: strict }).neverTaken.toSorted()).toEqual(
    neverTaken?.toSorted(),
  );
});

test("what a comparison took is in seconds", () => {
  const start = performance.now() - 1_000_000;
  const { seconds } = outcomeOf(model, stepper, equal, undefined, start);
  expect(seconds).toBeGreaterThanOrEqual(1_000);
  expect(seconds).toBeLessThan(2_000);
});

test("every run of the implementation is audited", () => {
  const runs = stepper.automata.map((automaton) => auditAutomaton(automaton));
  // Nothing sets the timer, which is the last actor.
  expect(Math.min(...runs.slice(0, -1))).toBeGreaterThan(0);
  const { audited } = outcomeOf(model, stepper, equal, undefined, 0);
  expect(audited).toBe(runs.reduce((all, some) => all + some, 0));
});
