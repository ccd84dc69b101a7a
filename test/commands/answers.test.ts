/** What the command line answers: tables, JSON, and traces that replay. */
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { ffaVerify } from "../support/cli.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

/** A run of `verify --json` or its like has one object a model. */
interface Answer {
  readonly ok: boolean;
  readonly models: readonly {
    readonly check: { readonly trace: readonly object[] };
    readonly replay: { readonly schedule: string; readonly reachesTheEnd: boolean } | null;
    readonly conformance: { readonly edges: number; readonly actions: object } | null;
  }[];
}

describeWithTlc("answers", () => {
  const temporary = temporaryDirectory();
  const emptyDirectory = (): string => mkdtempSync(join(temporary, "empty-"));

  it.each([
    // An invariant and a property of steps; `verify` goes through every hazard in the same way.
    ["MCH1", 20],
    ["MCH11", 15],
  ])(
    "hazard %s: a trace of %i states that the posted implementation takes",
    async (name, length) => {
      const trace = join(emptyDirectory(), "trace.itf.json");
      const run = await ffaVerify(["check", name, "--json", "--itf", trace]);
      expect(run.code).toBe(0);
      const answer = JSON.parse(run.stdout) as Answer;
      expect(answer.models[0].check.trace).toHaveLength(length);
      expect(answer.models[0].replay?.reachesTheEnd).toBe(true);

      // The trace as a file, and the schedule that it prints, both lead through the same steps.
      const replayed = JSON.parse((await ffaVerify(["replay", trace, "--json"])).stdout);
      expect(replayed.steps).toHaveLength(length - 1);
      const { schedule } = replayed;
      const again = await ffaVerify(["replay", "--model", name, "--schedule", schedule, "--json"]);
      expect(JSON.parse(again.stdout).steps).toEqual(replayed.steps);
    },
  );

  it("conform compares every edge and says which actions", async () => {
    const run = await ffaVerify(["conform", "MC1x1", "--json"]);
    const [{ conformance }] = (JSON.parse(run.stdout) as Answer).models;
    const { expect: pinned } = findEntry(readManifest(), "MC1x1");
    expect(conformance?.edges).toBe((pinned.generated ?? 0) - 1);
    expect(Object.keys(conformance?.actions ?? {})).toContain("UnlockSpRxGivenUp");
    expect(run.code).toBe(0);
  });

  it("a violation is a table with lanes, and the lines of model and code", async () => {
    const trace = join(emptyDirectory(), "trace.itf.json");
    const { stdout } = await ffaVerify(["check", "MCH1", "--itf", trace]);
    expect(stdout).toMatch(/state +vCPU 1\.0 +vCPU 1\.1 +toolstack 1/);
    expect(stdout).toMatch(/PublishGuestVers +model\/ContextList\.tla:\d+ +src\/contextList\.ts:/);
    expect(stripVTControlCharacters(stdout)).toBe(stdout);

    // The trace does not replay on the hardened design.
    const run = await ffaVerify(["replay", trace, "--model", "MC1x2"]);
    expect(run.stdout).toMatch(/does not reach state 14/);
    expect(run.code).toBe(1);
  });
});
