/** verify/check/firstDifference.ts on a model of some 50 states: each way a comparison can end. */
import { describe, expect, test } from "vitest";
import {
  type ExploredModel,
  type FirstDifferenceOptions,
  onlyCountsDiffer,
  withFirstDifference,
} from "../../verify/check/firstDifference.js";
import { explore } from "../../verify/engine/explore.js";
import { boundsOf, systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import type { Model } from "../../verify/mediator/model.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { withDefect } from "../support/defects.js";
import { temporaryDirectory } from "../support/temporary.js";
import { writeTestModel } from "../support/testModel.js";

const directory = temporaryDirectory();
const model = writeTestModel(directory, {
  calls: '{ <<"VERSION", 101>> }',
  constants: { VcpusPerDomain: "= 1" },
});
const system = systemOf(model);
const exploration = await explore(system, { stateLimit: 10 });
const command = `npx ffa-verify conform --models "${directory}"`;

const explored = (of: Model, code = system): ExploredModel => ({
  model: of,
  bounds: boundsOf(of),
  system: code,
  exploration,
  notChecked: [],
  differences: ["distinct: 2 of TLC, 1 of the code"],
});

const graphsOf = async (of: ExploredModel, options: Partial<FirstDifferenceOptions> = {}) =>
  withFirstDifference(of, { engine: "embedded", ...options });

describe("compared with the embedded engine's graph", () => {
  test("equal: only the counts differ", async () => {
    const found = await graphsOf(explored(model));
    expect(found.graphs).toMatchObject({
      kind: "compared",
      graphOf: "the embedded engine",
      conformance: { difference: undefined, isComplete: true },
    });
    expect(onlyCountsDiffer(found)).toBe(true);
  });

  test("different: the first difference", async () => {
    const other = withDefect(system, (operation) => {
      return operation.label === "WriteVersTmp" ? { ...operation, label: "Other" } : operation;
    });
    const found = await graphsOf(explored(model, other));
    expect(found.graphs).toMatchObject({
      kind: "compared",
      graphOf: "the embedded engine",
      conformance: { difference: { kind: "other-state", action: "RereadGuestVers" } },
    });
    expect(onlyCountsDiffer(found)).toBe(false);
  });
});

describe("not compared, with the reason and the command that compares", () => {
  const notCompared = async (of: ExploredModel, options: Partial<FirstDifferenceOptions> = {}) => {
    const found = await graphsOf(of, options);
    expect(onlyCountsDiffer(found)).toBe(false);
    return found.graphs;
  };

  test("no time", async () => {
    const graphs = await notCompared(explored(model), { embeddedSeconds: 0.000_001 });
    const reason = expect.stringMatching(
      /^the embedded engine saw \d+ states of the model in 0\.000001 s, equal so far$/,
    );
    expect(graphs).toEqual({ kind: "not-compared", reason, command });
  });

  test("interrupted", async () => {
    const graphs = await notCompared(explored(model), { signal: AbortSignal.abort() });
    expect(graphs).toEqual({ kind: "not-compared", reason: "interrupted", command });
  });

  test("TLC cannot be started, for a model whose graph it writes", async () => {
    const always = { ...model, conform: "always" } as const;
    const java = { path: "/no/java", version: "17", source: "PATH" };
    const jar = { path: "/no/tla2tools.jar", sha256: "", source: "PATH" };
    const tools = { java, jar } as unknown as NonNullable<FirstDifferenceOptions["tools"]>;
    const graphs = await notCompared(explored(always), { engine: "tlc", tools });
    expect(graphs).toMatchObject({
      kind: "not-compared",
      reason: expect.stringContaining("TLC_JAVA_UNUSABLE"),
      command: `npx ffa-verify conform Test --models "${directory}"`,
    });
  });

  test("TLC is not asked for the graph of another model", async () => {
    const full = { ...model, conform: "full" } as const;
    expect((await graphsOf(explored(full), { engine: "tlc" })).graphs).toMatchObject({
      kind: "compared",
      graphOf: "the embedded engine",
    });
  });

  test("the spec has variables of its own", async () => {
    const monitored = await loadModel(findEntry(readManifest(), "MCH8Hardened"));
    expect(await notCompared(explored(monitored))).toEqual({
      kind: "not-compared",
      reason: "the implementation has no counterpart of told",
      command: "npx ffa-verify conform",
    });
  });

  test("an error that is none of the engine is thrown", async () => {
    const broken = { ...explored(model), system: { ...system, actors: undefined } };
    await expect(graphsOf(broken as unknown as ExploredModel)).rejects.toThrow(TypeError);
  });
});

test("nothing is compared where no counts differ", async () => {
  for (const differences of [undefined, []]) {
    const equal = { ...explored(model), differences };
    expect((await graphsOf(equal)).graphs).toBeUndefined();
  }
});
