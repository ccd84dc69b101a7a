import { beforeAll, expect, it } from "vitest";
import {
  type EmbeddedResult,
  type ParsedSpec,
  type RunEmbeddedOptions,
  readCfg,
  runEmbedded,
  type TlcProgress,
} from "../../src/index.js";
import { parseText } from "../support/evaluating.js";
import { describeTlc } from "../support/realTlc.js";
import { errorOf } from "../support/sandbox.js";
import { COUNTER, HEAD } from "./models.js";

const MODULE = `${HEAD}${COUNTER}Endless == x' = x + 1 /\\ y' = y
Few == x < 2 /\\ x' = x + 1 /\\ UNCHANGED y
Prints == PrintT(<<"x", x>>) /\\ x < 2 /\\ x' = x + 1 /\\ y' = Print("y", y)
Live == <>(x = 1) /\\ [][TRUE]_x
V == x
Sym == {}
StepInv == x' = 1
Always == Init /\\ [](x > 0) /\\ [][Next]_vars
NoInit == [][Next]_vars
Registers == TLCGet(1) = 2
`;
const SPEC = "SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n";
const behavior = (next: string): string => `INIT Init\nNEXT ${next}\n`;

describeTlc("runEmbedded", (tools) => {
  let spec: ParsedSpec;
  let withConstant: ParsedSpec;
  beforeAll(async () => {
    spec = await parseText(tools, MODULE);
    withConstant = await parseText(tools, `${HEAD}${COUNTER}CONSTANT K`);
  });

  const run = (
    cfg: string,
    more: Partial<RunEmbeddedOptions> = {},
    of = spec,
  ): Promise<EmbeddedResult> => runEmbedded({ spec: of, cfg: readCfg(cfg, "Model.cfg"), ...more });

  it("says what it did not check", async () => {
    const cfg = `${SPEC}PROPERTY Live\nVIEW V\nSYMMETRY Sym`;
    const { verdict, notChecked } = await run(cfg);
    expect(verdict.kind).toBe("holds");
    expect(notChecked).toEqual([
      "Property Live: the part of it that is about whole behaviors.",
      "VIEW V: it was not applied.",
      "SYMMETRY Sym: it was not applied.",
    ]);
  });

  it("keeps what the model prints, once for each evaluation", async () => {
    const { output } = await run(`${behavior("Prints")}CHECK_DEADLOCK FALSE`);
    expect(output).toEqual(['<<"x", 0>>', '"y"  0', '<<"x", 1>>', '"y"  0', '<<"x", 2>>']);
  });

  it("looks for no deadlock when it is told so", async () => {
    expect((await run(behavior("Few"))).verdict.kind).toBe("deadlock");
    expect((await run(behavior("Few"), { checkDeadlock: false })).verdict.kind).toBe("holds");
    expect((await run(`${behavior("Few")}CHECK_DEADLOCK FALSE`)).verdict.kind).toBe("holds");
  });

  it("ends when its time is up and when the caller aborts, and lets others run meanwhile", async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 10);
    const [late, aborted, before] = await Promise.all([
      run(behavior("Endless"), { timeoutSeconds: 0.5 }),
      run(behavior("Endless"), { signal: AbortSignal.timeout(1000) }),
      run(behavior("Endless"), { signal: AbortSignal.abort() }),
    ]);
    clearInterval(timer);
    const kinds = [late, aborted, before].map(({ verdict }) => verdict.kind);
    expect(kinds).toEqual(["timed-out", "killed", "killed"]);
    expect(late.trace).toEqual([]);
    expect(late.distinct).toBeGreaterThan(1);
    expect(before.distinct).toBe(1);
    expect(ticks).toBeGreaterThan(0);
  });

  it("reports its progress", async () => {
    const reports: TlcProgress[] = [];
    const controller = new AbortController();
    await run(behavior("Endless"), {
      signal: controller.signal,
      onProgress(progress) {
        reports.push(progress);
        controller.abort();
      },
    });
    expect(reports).toHaveLength(1);
    const [{ generated, distinct, queue, depth, seconds, statesPerSecond }] = reports;
    expect([distinct, depth, queue]).toEqual([generated, generated, 1]);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(statesPerSecond).toBeCloseTo(generated / seconds, -1);
  });

  it.each<[string, string, string, string]>([
    ["an invariant that is not defined", `${SPEC}INVARIANT\n  Inv`, "Inv is not defined", "4:3"],
    [
      "a step as an invariant",
      `${SPEC}INVARIANT StepInv`,
      "StepInv is no predicate of a state",
      "3:11",
    ],
    [
      "a constraint that is none",
      `${SPEC}CONSTRAINT StepInv`,
      "StepInv is no predicate of a state",
      "3:12",
    ],
    [
      "a property as an action constraint",
      `${SPEC}ACTION_CONSTRAINT Live`,
      "Live is no predicate of a step",
      "3:19",
    ],
    ["a constant that is not there", `${SPEC}CONSTANT K = 1`, "there is no constant K", "3:10"],
    [
      "no next-state relation",
      "INIT Init",
      "the cfg names neither a SPECIFICATION nor INIT and NEXT",
      "1:1",
    ],
  ])("refuses %s: CFG_NAME", async (_, cfg, what, where) => {
    const error = await errorOf(run(cfg));
    expect(error).toMatchObject({ code: "CFG_NAME", what, where: `Model.cfg:${where}` });
  });

  it.each<[string, string, string, string]>([
    ["a constant without a value", SPEC, "the constant K has no value", "1:1"],
    ["a replacement that is not there", `${SPEC}CONSTANT K <- L`, "L is not defined", "3:15"],
  ])("refuses %s: CFG_NAME", async (_, cfg, what, where) => {
    const error = await errorOf(run(cfg, {}, withConstant));
    expect(error).toMatchObject({ code: "CFG_NAME", what, where: `Model.cfg:${where}` });
  });

  it.each(["Always", "NoInit"])("refuses the specification %s: TLA_EVALUATION", async (name) => {
    expect(await errorOf(run(`SPECIFICATION ${name}`))).toMatchObject({
      code: "TLA_EVALUATION",
      what: `${name} does not say how behaviors start and go on`,
    });
  });

  it("refuses what is no function of the state: TLA_NOT_EVALUATED, with the place", async () => {
    const files = new Map([["Model", "a directory/Model.tla"]]);
    const error = await errorOf(run(`${SPEC}INVARIANT Registers`, { files }));
    expect(error.code).toBe("TLA_NOT_EVALUATED");
    expect(error.where).toMatch(/^a directory\/Model\.tla:\d+:14$/);
  });

  it("refuses more states than it may keep: EMBEDDED_LIMIT", async () => {
    expect(await errorOf(run(SPEC, { maxStates: 3 }))).toMatchObject({
      code: "EMBEDDED_LIMIT",
      expected: "at most 3 distinct states",
    });
    expect((await run(SPEC, { maxStates: 18 })).verdict.kind).toBe("holds");
  });

  it("refuses bounds that are none: TLC_BAD_OPTION", async () => {
    expect((await errorOf(run(SPEC, { maxStates: 0 }))).code).toBe("TLC_BAD_OPTION");
    expect((await errorOf(run(SPEC, { timeoutSeconds: -1 }))).code).toBe("TLC_BAD_OPTION");
  });
});
