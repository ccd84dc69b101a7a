import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type EmbeddedResult,
  formatState,
  type RunEmbeddedOptions,
  runEmbedded,
  runTlc,
} from "../src/index.js";
import { describeTlc } from "./support/realTlc.js";
import { errorOf, Sandbox } from "./support/sandbox.js";

const HEAD = "EXTENDS Integers, Sequences, FiniteSets, TLC\nVARIABLES x, y\nvars == <<x, y>>\n";
const SPEC = "SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n";
const spec = "Spec == Init /\\ [][Next]_vars /\\ WF_vars(Next)";

/** Models that both engines can check, and what they must both find. */
const MODELS: readonly {
  name: string;
  body: string;
  cfg: string;
  verdict: string;
  distinct?: number;
}[] = [
  {
    name: "Counter",
    body: `${HEAD}Init == x = 0 /\\ y = {}\nNext == x < 5 /\\ x' = x + 1 /\\ y' = y \\cup {x}\n${spec}\nInv == Cardinality(y) = x`,
    cfg: `${SPEC}INVARIANT Inv`,
    verdict: "holds",
    distinct: 6,
  },
  {
    name: "Violated",
    body: `${HEAD}Init == x = TRUE /\\ y = <<>>\nNext == x' = ~x /\\ y' = Append(y, "s")\n${spec}\nInv == Len(y) < 3`,
    cfg: `${SPEC}INVARIANTS TRUEInv Inv`.replace("TRUEInv ", ""),
    verdict: "invariant",
  },
  {
    name: "Stuck",
    body: `${HEAD}Init == x = 0 /\\ y = 0\nNext == x < 2 /\\ x' = x + 1 /\\ UNCHANGED y`,
    cfg: "INIT Init\nNEXT Next\n",
    verdict: "deadlock",
  },
  {
    name: "Division",
    body: `${HEAD}Init == x = -7 /\\ y = 0\nNext == /\\ x < 7\n        /\\ x' = x + 1\n        /\\ y' = ((x % 3) * 100 + 50) + (x \\div 4)\n${spec}\nInv == /\\ (-7) % 3 = 2\n       /\\ (-7) \\div 2 = -4\n       /\\ y # 1000`,
    cfg: `${SPEC}INVARIANT Inv`,
    verdict: "holds",
    distinct: 15,
  },
  {
    name: "Selects",
    body: `${HEAD}CONSTANTS N, Nil\nLarge(n) == n > 1\nInit == x = <<1, 2, 3>> /\\ y = Nil\nNext == \\/ /\\ x # <<>>\n           /\\ LET odd(n) == n % 2 = 1\n              IN  x' = SelectSeq(x, odd)\n           /\\ y' = SelectSeq(x, Large)\n        \\/ x' = <<>> /\\ y' = N\n${spec}`,
    cfg: `${SPEC}CONSTANTS\n N = {"a", "b"}\n Nil = Nil`,
    verdict: "holds",
    distinct: 4,
  },
  {
    name: "Nested",
    body: `${HEAD}CONSTANT Procs\nInit == x = [p \\in Procs |-> [pc |-> "idle", n |-> 0]] /\\ y = 0\nMove(p) == /\\ x[p].n < 2\n           /\\ \\/ x' = [x EXCEPT ![p].n = @ + 1, ![p].pc = "busy"]\n              \\/ /\\ x[p].pc = "busy"\n                 /\\ x' = [x EXCEPT ![p] = [pc |-> "idle", n |-> 0]]\n           /\\ y' = IF x'[p].n = 2 THEN 1 ELSE 0\nNext == \\E p \\in Procs : Move(p)\n${spec}\nInv == \\A p \\in Procs : x[p].n \\in 0..2 /\\ y \\in {0, 1}`,
    cfg: `${SPEC}CONSTANT Procs = {a, b}\nINVARIANT Inv`,
    verdict: "holds",
  },
];

async function embedded(
  box: Sandbox,
  body: string,
  cfg: string,
  more: Partial<RunEmbeddedOptions> = {},
): Promise<EmbeddedResult> {
  return runEmbedded({ spec: box.model("Model", body, cfg), ...more });
}

describe("runEmbedded", () => {
  it.each(MODELS)("finds for $name: $verdict", async ({ body, cfg, verdict, distinct }) => {
    const result = await embedded(new Sandbox(), body, cfg);
    expect(result).toMatchObject({
      engine: "embedded",
      engineName: "tla-checker",
      verdict: { kind: verdict },
    });
    expect(result.engineVersion).toMatch(/^\d+\.\d+/);
    if (distinct !== undefined) expect(result.distinct).toBe(distinct);
  });

  it("names the invariant and gives the trace as values", async () => {
    const { verdict, trace } = await embedded(
      new Sandbox(),
      `${HEAD}Init == x = TRUE /\\ y = <<>>\nNext == x' = ~x /\\ y' = Append(y, "s")\n${spec}\nA == TRUE\nInv == Len(y) < 2`,
      `${SPEC}INVARIANTS A Inv`,
    );
    expect(verdict).toMatchObject({ kind: "invariant", name: "Inv" });
    expect(trace.map(formatState)).toEqual([
      "/\\ x = TRUE\n/\\ y = <<>>",
      '/\\ x = FALSE\n/\\ y = <<"s">>',
      '/\\ x = TRUE\n/\\ y = <<"s", "s">>',
    ]);
  });

  it("says what it did not check", async () => {
    const body = `${HEAD}ASSUME 1 = 1\nInit == x = 0 /\\ y = 0\nNext == UNCHANGED vars\n${spec}\nLive == <>(x = 1)\nV == x`;
    const { verdict, notChecked } = await embedded(
      new Sandbox(),
      body,
      `${SPEC}PROPERTY Live\nVIEW V`,
    );
    expect(verdict.kind).toBe("holds");
    expect(notChecked.join("\n")).toMatch(
      /Action labels[\s\S]*Property Live[\s\S]*ASSUME[\s\S]*VIEW V/,
    );
  });

  it("reads local modules that are extended, also from libraries, and leaves out what is not needed", async () => {
    const box = new Sandbox();
    box.file(
      "lib/Base.tla",
      `text before\n---- MODULE Base ----\n${HEAD}\\* Nat (* in a comment *)\nZero == 0\nOnly == Nat\n====\ntext after`,
    );
    const body =
      "EXTENDS Base\nMC == 3\nCONSTANT Max\nInit == x = Zero /\\ y = 0\nNext == x < Max /\\ x' = x + 1 /\\ y' = y\nInv == x < 3";
    const cfg = "INIT Init\nNEXT Next\nCONSTANT Max <- MC\nINVARIANT Inv";
    const result = await embedded(box, body, cfg, { libraries: [join(box.path, "lib")] });
    expect(result.verdict).toMatchObject({ kind: "invariant", name: "Inv" });
    expect(result.trace).toHaveLength(4);
  });

  it("is ended when its time is up and when the caller aborts", async () => {
    const endless = `${HEAD}Init == x = 0 /\\ y = 0\nNext == x' = x + 1 /\\ y' = y`;
    const cfg = "INIT Init\nNEXT Next";
    const [late, aborted, before] = await Promise.all([
      embedded(new Sandbox(), endless, cfg, { timeoutSeconds: 0.5, maxStates: 1e9, maxDepth: 1e9 }),
      embedded(new Sandbox(), endless, cfg, {
        signal: AbortSignal.timeout(300),
        maxStates: 1e9,
        maxDepth: 1e9,
      }),
      embedded(new Sandbox(), endless, cfg, { signal: AbortSignal.abort() }),
    ]);
    expect([late.verdict.kind, aborted.verdict.kind, before.verdict.kind]).toEqual([
      "timed-out",
      "killed",
      "killed",
    ]);
  });

  it.each([{ maxStates: 10 }, { maxDepth: 10 }])(
    "gives no verdict beyond a bound: EMBEDDED_LIMIT for %j",
    async (bound) => {
      const endless = `${HEAD}Init == x = 0 /\\ y = 0\nNext == x' = x + 1 /\\ y' = y`;
      expect(
        (await errorOf(embedded(new Sandbox(), endless, "INIT Init\nNEXT Next", bound))).code,
      ).toBe("EMBEDDED_LIMIT");
    },
  );
});

describe("runEmbedded refuses what it would judge otherwise than TLC: EMBEDDED_UNSUPPORTED", () => {
  const ok = `${HEAD}Init == x = 0 /\\ y = 0\nNext == x < 3 /\\ x' = x + 1 /\\ y' = y\n`;
  const CFG = "INIT Init\nNEXT Next\nINVARIANT Inv\n";
  it.each<[string, string, string, string]>([
    ["Nat, which ends at 100 there", `${ok}Inv == x \\in Nat`, CFG, "Model.tla:7:14"],
    ["Int, which ends at 100 there", `${ok}Inv == [a |-> x] \\in [a : Int]`, CFG, "Model.tla:7:27"],
    ["ENABLED", `${ok}Inv == ENABLED Next`, CFG, "Model.tla:7:8"],
    ["a module that is instantiated", `${ok}A == INSTANCE Other\nInv == A!I`, CFG, "Model.tla:7:6"],
    ["random elements", `${ok}Inv == RandomElement({1}) = 1`, CFG, "Model.tla:7:8"],
    ["a constraint", `${ok}Inv == x < 2\nC == x < 2`, `${CFG}CONSTRAINT C`, "Model.cfg:4:1"],
    [
      "an action constraint",
      `${ok}Inv == x < 2\nC == x < 2`,
      `${CFG}ACTION_CONSTRAINT C`,
      "Model.cfg:4:1",
    ],
    ["an unknown keyword", `${ok}Inv == TRUE`, `FOO bar\n${CFG}`, "Model.cfg:1:1"],
    ["an unknown invariant", ok, CFG, "Model.cfg"],
    [
      "a replacement for a module only",
      `${ok}Inv == TRUE`,
      `${CFG}CONSTANT A <- [M] B`,
      "Model.cfg:4:1",
    ],
    [
      "a specification of another form",
      `${ok}Inv == TRUE\nS == /\\ Init /\\ [][Next /\\ TRUE]_vars`,
      "SPECIFICATION S",
      "Model.tla:8:1",
    ],
    ["a name that is defined twice", `${ok}Inv == TRUE\nInv == FALSE`, CFG, "Model.tla:8:1"],
    ["LOCAL definitions", `${ok}LOCAL Z == 1\nInv == TRUE`, CFG, "Model.tla:7:1"],
    ["a definition that is indented", `${ok}Inv == TRUE\n  Foo == 1`, CFG, "Model.tla:8:7"],
    ["a nested module", `${ok}Inv == TRUE\n---- MODULE N ----\n====`, CFG, "Model.tla:1:1"],
    ["operands of a division that are unclear", `${ok}Inv == x * 2 % 3 = 0`, CFG, "Model.tla:7:14"],
    [
      "a list that a rewriting would move",
      `${ok}Inv == x % 2 = 0 => /\\ TRUE\n                     /\\ TRUE`,
      CFG,
      "Model.tla:7:10",
    ],
    ["a divisor below 1", `${ok}Inv == 3 % (x - 1) = 0`, CFG, "Model.tla"],
    [
      "a recursive function",
      `${ok}f[n \\in 0..3] == IF n = 0 THEN 0 ELSE f[n - 1]\nInv == f[2] = 0`,
      CFG,
      "Model.tla:7:2",
    ],
    ["an evaluation error", `${ok}Inv == x < 2 \\/ Head(<<>>) = 1`, CFG, "Model.tla"],
    [
      "no initial state",
      `${HEAD}Init == x = 0 /\\ x = 1 /\\ y = 0\nNext == x' = x\nInv == TRUE`,
      CFG,
      "Model.tla",
    ],
    ["an assertion", `${ok}Inv == Assert(x < 2, "oops")`, CFG, "Model.tla"],
    [
      "a constant without a value",
      `CONSTANT K\n${ok.replace("EXTENDS", "\\* EXTENDS")}Inv == x < K`,
      CFG,
      "Model.tla",
    ],
    ["a syntax error", `${ok}Inv == (x <`, CFG, "Model.tla"],
    [
      "another standard module",
      `EXTENDS Bags\n${ok.replace(/^EXTENDS.*\n/, "")}Inv == TRUE`,
      CFG,
      "Model.tla:2:1",
    ],
  ])("%s", async (_, body, cfg, where) => {
    const box = new Sandbox();
    const error = await errorOf(embedded(box, body, cfg));
    expect(error).toMatchObject({
      code: "EMBEDDED_UNSUPPORTED",
      where: join(box.path, "models of the test", where),
    });
    expect(error.hint).toBeDefined();
  });

  it("a module that is not there: EMBEDDED_MODULE_NOT_FOUND", async () => {
    const error = await errorOf(
      embedded(new Sandbox(), `EXTENDS Nowhere\n${ok.replace(/^EXTENDS.*\n/, "")}Inv == TRUE`, CFG),
    );
    expect(error).toMatchObject({
      code: "EMBEDDED_MODULE_NOT_FOUND",
      what: "the module Nowhere was not found",
    });
  });

  it("a breakdown of the engine: EMBEDDED_FAILED", async () => {
    const error = await errorOf(embedded(new Sandbox(), `${ok}Inv == x \\in 0..2147483647`, CFG));
    expect(error.code).toBe("EMBEDDED_FAILED");
  });

  it("missing files: the codes that runTlc has for them", async () => {
    const box = new Sandbox();
    expect((await errorOf(runEmbedded({ spec: join(box.path, "No.tla") }))).code).toBe(
      "TLC_SPEC_NOT_FOUND",
    );
    const model = box.model("M", ok);
    expect(
      (await errorOf(runEmbedded({ spec: model, config: join(box.path, "No.cfg") }))).code,
    ).toBe("TLC_CFG_NOT_FOUND");
    expect((await errorOf(runEmbedded({ spec: model, maxStates: 0 }))).code).toBe("TLC_BAD_OPTION");
  });
});

describeTlc("both engines", (tools) => {
  it.concurrent.each(MODELS)("agree on $name", async ({ name, body, cfg, verdict }) => {
    const box = new Sandbox();
    const path = box.model(name, body, cfg);
    const [own, tlc] = await Promise.all([
      runEmbedded({ spec: path }),
      runTlc({
        spec: path,
        tools,
        env: box.environment(),
        jvmArguments: ["-XX:TieredStopAtLevel=1"],
      }),
    ]);
    expect([own.verdict.kind, tlc.verdict.kind]).toEqual([verdict, verdict]);
    if (verdict === "holds") expect(own.distinct).toBe(tlc.distinct);
    else
      expect(own.trace.map(formatState)).toEqual(tlc.trace.map(({ state }) => formatState(state)));
  });
});
