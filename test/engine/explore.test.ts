/** Models built to break the explorer, and its limits. */
import { describe, expect, it } from "vitest";
import { RUNNING } from "../../src/sync/index.js";
import { explore } from "../../verify/engine/explore.js";
import {
  createScriptedSystem,
  type Script,
  type ScriptStep,
} from "../../verify/engine/scripted.js";
import { naiveSearch } from "./naiveSearch.js";

const step = (kind: ScriptStep["kind"], at: number, operand = 0): ScriptStep => ({
  kind,
  at,
  operand,
});

const counter = (high: number) => ({ kind: "counter" as const, owner: 0, low: 0, high });
const system = (script: Script) => createScriptedSystem(script);

/** `actors` count up and down, each by itself: (high + 1) ^ actors states, and no end. */
const grid = (actors: number, high: number) =>
  system({
    locations: Array.from({ length: actors }, () => counter(high)),
    actors: Array.from({ length: actors }, (_, a) => [
      [{ ...step("read", a), branch: { result: high, skip: 1 } }, step("add", a, 1)],
      [{ ...step("read", a), branch: { result: 0, skip: 1 } }, step("add", a, -1)],
    ]),
  });

describe("explore", () => {
  it("finds one state, and calls it a deadlock unless told not to", async () => {
    const nothing = system({ locations: [], actors: [[]] });
    const strict = await explore(nothing);
    expect(strict.outcome).toMatchObject({
      kind: "violation",
      violation: { kind: "deadlock", length: 1, behavior: [] },
    });
    const lenient = await explore(nothing, { deadlock: false });
    expect(lenient).toMatchObject({
      outcome: { kind: "holds" },
      distinct: 1,
      generated: 1,
      depth: 1,
    });
  });

  it("stops in the initial state when that breaks an invariant", async () => {
    const never = { Never: { slot: 0, code: 0 } };
    const code = { locations: [counter(1)], actors: [[[step("read", 0)]]], never };
    const { outcome, distinct } = await explore(system(code), { invariants: ["Never"] });
    expect(outcome).toMatchObject({ kind: "violation", violation: { name: "Never", length: 1 } });
    expect(distinct).toBe(1);
  });

  it("comes to an end on a cycle", async () => {
    const cycle = system({ locations: [counter(1)], actors: [[[step("read", 0)]]] });
    expect(await explore(cycle)).toMatchObject({
      outcome: { kind: "holds" },
      distinct: 1,
      generated: 2,
      depth: 1,
    });
  });

  it("names the cell whose declared range is left, and the step, with a shortest behavior", async () => {
    const code = {
      locations: [counter(2)],
      actors: [[[step("add", 0, 1)]], [[step("add", 0, 1)]]],
    };
    const { outcome } = await explore(system(code));
    expect(outcome).toMatchObject({
      kind: "violation",
      violation: {
        kind: "fault",
        name: "VALUE_OUT_OF_RANGE",
        length: 3,
        fault: { actor: 1, action: "step 0 add", branch: 0, where: "location 0" },
      },
    });
  });

  it("names the location for a domain that more vCPUs enter than it has", async () => {
    const domain = { kind: "domain" as const, owner: 0, vcpus: 1, references: 1 };
    const enter = [[step("enter", 0), step("read", 1)]];
    const code = {
      locations: [domain, counter(1)],
      actors: [[[step("create", 0, RUNNING)]], enter, enter],
    };
    const { outcome } = await explore(system(code));
    expect(outcome).toMatchObject({
      violation: { kind: "fault", name: "VALUE_OUT_OF_RANGE", fault: { where: "location 0" } },
    });
  });

  it.each([0, 1, 0x10001])("counts right when only the hash bits %i are used", async (hashBits) => {
    const plain = naiveSearch(grid(3, 3), true);
    const { distinct, generated, depth } = await explore(grid(3, 3), { hashBits });
    expect({ distinct, generated, depth }).toEqual({
      distinct: plain.distinct,
      generated: plain.generated,
      depth: plain.depth,
    });
  });

  it("counts right while its table grows", async () => {
    const plain = naiveSearch(grid(3, 11), true);
    const full = await explore(grid(3, 11));
    expect(full.distinct).toBeGreaterThan(2 ** 15);
    expect(full).toMatchObject({ distinct: plain.distinct, generated: plain.generated });
    expect(full.memory.bytesBeyond).toBeLessThan(24);
  });

  it("gives the nodes of an actor more room when its first guess was too small", async () => {
    const long = Array.from({ length: 40 }, () => step("read", 0));
    const code = { locations: [counter(1)], actors: [[long], [long]] };
    const plain = naiveSearch(system(code), true);
    for (const workers of [1, 2]) {
      const { distinct, stepper } = await explore(system(code), { sample: 1, workers });
      expect(distinct).toBe(plain.distinct);
      expect(stepper.packing.widths.nodes).toEqual([6, 6]);
    }
  });

  it("gives slots more room when what they hold was not seen", async () => {
    // One counter is counted up first; what comes after is beyond a small sample.
    const up = Array.from({ length: 9 }, () => step("add", 0, 1));
    const late = Array.from({ length: 9 }, () => step("add", 1, 1));
    const code = { locations: [counter(10), counter(10)], actors: [[[...up, ...late]]] };
    const plain = naiveSearch(system(code), true);
    for (const workers of [1, 2]) {
      const { distinct, stepper } = await explore(system(code), {
        sample: 1,
        workers,
        deadlock: false,
      });
      expect(distinct).toBe(plain.distinct);
      expect(stepper.packing.widths.slots).toEqual([4, 4]);
    }
    // What is never used takes no room.
    const unused = { ...code, locations: [...code.locations, counter(10)] };
    const { stepper } = await explore(system(unused), { deadlock: false });
    expect(stepper.packing.widths.slots).toEqual([4, 4, 0]);
  });

  it.each([
    ["states", { stateLimit: 5000 }],
    ["seconds", { secondsLimit: 0 }],
    ["memory", { memoryLimit: 500_000 }],
    // Not even the initial state has room.
    ["memory", { memoryLimit: 1 }],
    ["aborted", { signal: AbortSignal.abort() }],
  ] as const)(
    "stops at the limit on %s with a result that is named partial",
    async (reason, options) => {
      for (const workers of [1, 2]) {
        const result = await explore(grid(5, 7), { ...options, workers });
        expect(result.outcome).toEqual({ kind: "partial", reason });
        expect(result.memory.bytes).toBeLessThan(20_000_000);
      }
    },
  );

  it("can be aborted while it runs, and says how far it came", async () => {
    const abort = new AbortController();
    const told: number[] = [];
    const result = await explore(grid(5, 7), {
      signal: abort.signal,
      onProgress: ({ states, statesPerSecond, bytes }) => {
        told.push(states);
        expect(statesPerSecond).toBeGreaterThan(0);
        expect(bytes).toBeGreaterThan(0);
        if (states > 50_000) abort.abort();
      },
    });
    expect(result.outcome).toEqual({ kind: "partial", reason: "aborted" });
    expect(told.at(-1)).toBeGreaterThan(50_000);
    expect(result.distinct).toBeGreaterThanOrEqual(told.at(-1) ?? 0);
  });

  it("refuses an invariant that nobody has written for the implementation", async () => {
    const unknown = explore(grid(1, 1), { invariants: ["NoSuchInv"] });
    await expect(unknown).rejects.toMatchObject({ code: "INVARIANT_UNKNOWN" });
  });
});
