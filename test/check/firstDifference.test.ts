/** Where counts differ, the first step in which model and code do: each kind, and when unknown. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type ExploredModel,
  type FirstDifferenceOptions,
  onlyCountsDiffer,
  withFirstDifference,
} from "../../verify/check/firstDifference.js";
import { graphsJson } from "../../verify/commands/json.js";
import { explore } from "../../verify/engine/explore.js";
import { boundsOf, systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { formatExploreDetails } from "../../verify/report/exploreTables.js";
import { grouped } from "../../verify/report/screen.js";
import type { Edit } from "../mutants/mutate.js";
import { changedSpec } from "../support/changedSpec.js";
import { ffaVerify } from "../support/cli.js";
import { type Change, withDefect } from "../support/defects.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const temporary = temporaryDirectory();
const modelNamed = (name: string) => loadModel(findEntry(readManifest(), name));

/** A model whose code was explored with a defect, and did not come to the model's counts. */
async function differing(change: Change, name = "MCPkvm"): Promise<ExploredModel> {
  const model = await modelNamed(name);
  const system = withDefect(systemOf(model), change);
  return {
    model,
    bounds: boundsOf(model),
    system,
    exploration: await explore(system, { invariants: [], deadlock: false, stateLimit: 10 }),
    notChecked: [],
    differences: ["distinct: 2 of TLC, 1 of the code"],
  };
}

/** The same, with the first difference. */
async function exploredWith(
  change: Change,
  { name, ...options }: Partial<FirstDifferenceOptions> & { readonly name?: string } = {},
): Promise<ExploredModel> {
  return withFirstDifference(await differing(change, name), { engine: "embedded", ...options });
}

const unchanged: Change = (operation) => operation;

/** The mediator forgets to write what was requested. */
const withoutWrite: Change = (operation) => (operation.label === "WriteVersTmp" ? null : operation);

describe("without Java, from the embedded engine's graph", () => {
  test("a step that the code lacks", async () => {
    const explored = await exploredWith(withoutWrite);
    expect(onlyCountsDiffer(explored)).toBe(false);
    const text = formatExploreDetails(explored);
    expect(text).toContain("against the graph of the embedded engine:");
    // The step before the one that is missing already leads elsewhere.
    expect(text).toMatch(
      /leads to different states: RereadGuestVers, behind a behavior of 5 states/,
    );
    expect(text).toMatch(/^ +5 +LockGuestVers +\| +versLock\[1\]: 0 -> 1$/m);
    expect(text).toMatch(/pc +<<"WriteVersTmp", .* +<<"WriteLockList", /);
    expect(text).toMatch(/replay: npx ffa-verify replay --model MCPkvm --schedule "3:0,1:0,1,1"/);
    expect(graphsJson(explored.graphs)).toMatchObject({
      kind: "compared",
      difference: { kind: "other-state", action: "RereadGuestVers", schedule: "3:0,1:0,1,1" },
    });
  });

  test("equal graphs: the counts that were expected are wrong", async () => {
    const explored = await exploredWith(unchanged);
    expect(onlyCountsDiffer(explored)).toBe(true);
    const { expect: pinned } = await modelNamed("MCPkvm");
    expect(graphsJson(explored.graphs)).toMatchObject({
      states: pinned.distinct,
      edges: (pinned.generated ?? 0) - 1,
      difference: null,
    });
    const states = `is the code's, ${grouped(pinned.distinct ?? 0)} states and `;
    expect(formatExploreDetails(explored)).toContain(states);
  });
});

describe("not known, with the command that says it", () => {
  test.each([
    ["in too short a time", "MC2x1", { embeddedSeconds: 0.001 }, /embedded engine saw \d+ states/],
    ["when interrupted", "MC2x1", { signal: AbortSignal.abort() }, /^interrupted$/],
    // Its graph takes TLC long to write, so that it is asked for by name alone.
    ["with TLC", "MCNoVmToVm", { engine: "tlc", embeddedSeconds: 0.001 }, /embedded engine saw/],
  ] as const)("%s", async (_, name, options, reason) => {
    const command = `npx ffa-verify conform ${name}`;
    const explored = await exploredWith(unchanged, { name, ...options });
    expect(explored.graphs).toEqual({
      kind: "not-compared",
      reason: expect.stringMatching(reason),
      command,
    });
    expect(onlyCountsDiffer(explored)).toBe(false);
    expect(formatExploreDetails(explored)).toContain(`  compare it: ${command}`);
    expect(graphsJson(explored.graphs)).toEqual(explored.graphs);
  });

  test("for a spec with variables of its own", async () => {
    const model = await modelNamed("MCH8Hardened");
    const explored = await withFirstDifference(
      { ...(await differing(unchanged)), model },
      { engine: "embedded" },
    );
    const reason = "the implementation has no counterpart of told";
    expect(explored.graphs).toMatchObject({ reason, command: "npx ffa-verify conform" });
    expect(formatExploreDetails(explored)).toContain("compare the models that are written out: ");
  });

  test("and not asked for where the counts are equal", async () => {
    const explored = { ...(await differing(unchanged)), differences: [] };
    const { graphs } = await withFirstDifference(explored, { engine: "embedded" });
    expect(graphs).toBeUndefined();
    expect(graphsJson(graphs)).toBeNull();
  });
});

describe("explore", () => {
  test("of a manifest with other counts than the graph: bad input, and nothing differs", () => {
    const models = mkdtempSync(join(temporary, "counts-"));
    cpSync(modelDirectory, models, { recursive: true });
    const path = join(models, "manifest.json");
    const text = readFileSync(path, "utf8").replace('"distinct": 8251,', '"distinct": 8252,');
    writeFileSync(path, text);
    const run = ffaVerify(["explore", "MCPkvm", "--models", models]);
    expect(run.stdout).toMatch(/distinct: 8252 of TLC, 8251 of the code\n.* is the code's/);
    expect(run.code).toBe(2);
  });
});

describeWithTlc("a changed spec", (tools) => {
  const guard = "    /\\ versLock[DomainOf[v]] = 0\n";

  async function explored(change: Edit): Promise<ExploredModel> {
    const models = changedSpec(temporary, change);
    const model = await loadModel(findEntry(readManifest(models), "MCPkvm"), models);
    return { ...(await differing(unchanged)), model, system: systemOf(model) };
  }

  test("TLC's graph and the embedded engine's show the same step", async () => {
    const bound = "    /\\ vmCount = 0\n";
    const outcome = await explored({ find: guard, replace: guard + bound });
    const text = async (options: FirstDifferenceOptions) =>
      formatExploreDetails(await withFirstDifference(outcome, options)).split("\n");
    const [tlc, embedded] = await Promise.all([
      text({ engine: "tlc", tools }),
      text({ engine: "embedded" }),
    ]);
    expect(tlc.join("\n")).toContain("the spec refuses it: NegotiateVersion.tla:29 ");
    expect(tlc.filter((line) => !line.includes("against the graph of TLC "))).toEqual(
      embedded.filter((line) => !line.includes("against the graph of the embedded engine")),
    );
  });

  test("TLC's graph ends at a violation, and nothing is said of what is behind it", async () => {
    const find = "    listWriter = 0 => vmCount = Len(ctxList)\n";
    const outcome = await explored({ find, replace: "    Len(ctxList) = 0\n" });
    const { graphs } = await withFirstDifference(outcome, { engine: "tlc", tools });
    expect(graphs).toMatchObject({
      kind: "not-compared",
      reason: expect.stringMatching(/^equal up to where TLC .* found invariant CountIsLengthInv$/),
    });
  });

  test("explore --tlc", () => {
    const replace = "    /\\ versLock[DomainOf[v]] = v\n";
    const models = changedSpec(temporary, { find: guard, replace });
    const run = ffaVerify(["explore", "MCPkvm", "--tlc", "--models", models]);
    expect(run.stdout).toMatch(/^ {2}verdict: deadlock of TLC, holds of the code$/m);
    expect(run.stdout).toMatch(/against the graph of TLC 2[\s\S]*replay: .* --models ".*spec-/);
    expect(run.code).toBe(1);
  });
});
