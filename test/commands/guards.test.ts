/** Where somebody waits or a step is refused, the command line says which conjunct is false. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { explore } from "../../verify/engine/explore.js";
import { boundsOf, systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { formatExploreDetails } from "../../verify/report/exploreTables.js";
import { changedSpec } from "../support/changedSpec.js";
import { ffaVerify } from "../support/cli.js";
import { withDefect } from "../support/defects.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const temporary = temporaryDirectory();
const GUARD = "    /\\ versLock[DomainOf[v]] = 0\n";

/** What is said of a behavior is the same whoever found it; this takes no Java. */
const embedded = ["--engine", "embedded"];

describeWithTlc("a spec of other guards", (tools) => {
  const withGuard = async (text: string): Promise<readonly string[]> => {
    return ["--models", await changedSpec(temporary, { find: GUARD, replace: text }, tools)];
  };

  test("check: in a deadlock, what keeps each actor from going on", async () => {
    const models = await withGuard("    /\\ versLock[DomainOf[v]] = v\n");
    const run = await ffaVerify(["check", "MCPkvm", ...models]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("deadlock: 6 states");
    const waits =
      /^vCPU 1\.1 +LockGuestVers +waits: NegotiateVersion\.tla:28 versLock\[1\] = 2 \(it is 0\)$/m;
    expect(run.stdout).toMatch(waits);
    const [{ next }] = JSON.parse(
      (await ffaVerify(["check", "MCPkvm", "--json", ...embedded, ...models])).stdout,
    ).models;
    expect(next).toContainEqual({
      actor: 2,
      action: "LockGuestVers",
      enabled: false,
      where: "NegotiateVersion.tla:28:8",
      conjunct: "versLock[1] = 2",
      reads: [{ text: "versLock[1]", value: "0" }],
    });
  });

  test("check: an action that the spec lacks is not said to be enabled", async () => {
    const find = "    \\/ RereadGuestVers(v)\n";
    const models = await changedSpec(temporary, { find, replace: "" }, tools);
    const run = await ffaVerify(["check", "MCPkvm", ...embedded, "--models", models]);
    expect(run.stdout).toMatch(/^vCPU 1\.\d +RereadGuestVers +the spec has no such action$/m);
  });

  test("conform: a step that only the implementation has, and the conjunct that refuses it", async () => {
    const models = await withGuard(`${GUARD}    /\\ vmCount = 0\n`);
    const run = await ffaVerify(["conform", "MCHafnium", "--json", ...models]);
    expect(run.code).toBe(1);
    const reason = "the spec refuses it: NegotiateVersion.tla:29 vmCount = 0 (it is 1)";
    expect(JSON.parse(run.stdout).models[0].conformance.difference.reasons).toEqual([reason]);
  });

  test("conform: a step that only the model has, and the lock that the code waits on", async () => {
    const models = await withGuard("    /\\ versLock[DomainOf[v]] # v\n");
    const run = await ffaVerify(["conform", "MCPkvm", ...models]);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(
      /^ {2}the implementation waits: vCPU 1\.\d, LockGuestVers, on guest_vers_lock of domain 1$/m,
    );
    // The counterexample of the same change, on the implementation: it waits there as well.
    const trace = join(temporary, "trace.itf.json");
    await ffaVerify(["check", "MCPkvm", "--itf", trace, ...embedded, ...models]);
    const replay = JSON.parse((await ffaVerify(["replay", trace, "--json"])).stdout);
    expect(replay.divergence.reasons).toEqual([
      expect.stringMatching(/^the implementation waits: vCPU 1\.\d, LockGuestVers, /),
    ]);
  });
});

test("explore: a deadlock of the code, with what keeps each actor from going on", async () => {
  const model = await loadModel(findEntry(readManifest(), "MCPkvm"));
  const system = withDefect(systemOf(model), (operation) => {
    return operation.label.startsWith("UnlockTo") ? null : operation;
  });
  const exploration = await explore(system, { invariants: [] });
  const bounds = boundsOf(model);
  const outcome = {
    model,
    bounds,
    system,
    exploration,
    notChecked: [],
    tlc: undefined,
    isSample: false,
    parting: undefined,
  };
  expect(formatExploreDetails(outcome)).toMatch(
    /LockGuestVers +waits: NegotiateVersion\.tla:28 versLock\[1\] = 0 \(it is [12]\)/,
  );
});
