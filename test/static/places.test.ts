/** Places for people: the quick scan of src/ agrees with its syntax, and the spec is read right. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { projectRoot } from "../../verify/model/paths.js";
import {
  actionsNamed,
  coreSpecOf,
  placeText,
  readCoreSpec,
} from "../../verify/model/specActions.js";
import { labelLocations } from "../../verify/report/labelLocations.js";
import { checkedProject, loadFiles } from "../../verify/static/checkedProject.js";
import { placeOfNode } from "../../verify/static/nodePlace.js";

describe("labelLocations", () => {
  test("finds each label exactly where the syntax has it", () => {
    const scanned = [...labelLocations()].flatMap(([label, places]) =>
      places.map((place) => `${label} ${placeText(place)}`),
    );
    const { steps } = checkedProject(loadFiles(projectRoot)).protocol;
    const parsed = steps.map((step) => `${step.label} ${placeText(placeOfNode(step.labelNode))}`);
    expect(scanned.sort()).toEqual(parsed.sort());
    expect(parsed.length).toBeGreaterThan(43);
  });
});

describe("readCoreSpec", () => {
  const module = readCoreSpec();

  test("places each action at its definition, and each variable at its declaration", () => {
    for (const { name, place } of [...module.actions, ...module.variables]) {
      expect(place.file).toMatch(/^model\/\w+\.tla$/);
      const lines = readFileSync(join(projectRoot, place.file), "utf8").split("\n");
      expect(lines[place.line - 1].slice(place.column - 1).startsWith(name), name).toBe(true);
    }
  });

  test("has the actions of each kind of actor, every variable, and the labels", () => {
    const { actions, variables, labels } = module;
    const takenBy = (name: string) => actions.find((action) => action.name === name)?.actors;
    expect(takenBy("StartCall")).toEqual(["vcpu"]);
    expect(takenBy("CreateDomain")).toEqual(["toolstack"]);
    expect(takenBy("FireTimer")).toEqual(["timer"]);
    expect(takenBy("ReadPagesToUnmap")).toEqual(["vcpu", "toolstack"]);
    expect(takenBy("DecShmCount")).toEqual(["vcpu", "toolstack", "timer"]);
    expect(new Set(actions.map(({ name }) => name)).size).toBe(actions.length);
    expect(variables.map(({ name }) => name)).toContain("listReaders");
    expect(labels.map(({ name }) => name)).toContain("UnlockRxDenied");
  });

  test("takes an operator that offers actions for all of them", async () => {
    const { modules } = (await loadModel(findEntry(readManifest(), "MC1x2"))).spec;
    expect(actionsNamed(["TimeStep", "StartCall", "Gone"], modules)).toEqual([
      "FireTimer",
      "LockRetryToPop",
      "PopRetry",
      "UnlockRetryPopped",
      "StartCall",
      "Gone",
    ]);
  });

  test("says which definition is missing", () => {
    expect(() => coreSpecOf([], "model")).toThrow("SPEC_MALFORMED");
  });
});
