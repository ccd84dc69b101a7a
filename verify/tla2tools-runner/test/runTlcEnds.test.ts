import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type RunTlcOptions, runTlc, type TlcProgress, type TlcResult } from "../src/index.js";
import { fakeTools, message, SUCCESS } from "./support/fakeTlc.js";
import { errorOf, Sandbox } from "./support/sandbox.js";

/** Runs a model with a `java` that is a script. */
function run(
  box: Sandbox,
  script: string,
  output = "",
  more: Partial<RunTlcOptions> = {},
): Promise<TlcResult> {
  return runTlc({
    spec: box.model("M", "VARIABLE x\nInit == x = 0\nNext == x' = x"),
    tools: fakeTools(box, script, output),
    env: box.environment(),
    ...more,
  });
}

async function isGone(pidFile: string): Promise<boolean> {
  const pid = Number(readFileSync(pidFile, "utf8"));
  // Half a minute, which a busy machine has, and less than what is waited for would take.
  for (let attempt = 0; attempt < 1500; attempt += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    // A process that has ended stays as a zombie until its new parent has noticed.
    const status = `/proc/${pid}/stat`;
    if (existsSync(status) && / Z /.test(readFileSync(status, "utf8"))) return true;
    await wait(20);
  }
  return false;
}

describe("a green verdict", () => {
  it("needs the success message and exit code 0", async () => {
    const box = new Sandbox();
    const result = await run(box, 'cat "$OUTPUT"', SUCCESS);
    expect(result).toMatchObject({
      verdict: { kind: "holds" },
      generated: 1234,
      distinct: 56,
      queue: 0,
    });
    expect(box.leftovers()).toEqual([]);
  });

  it.each<[string, string, string]>([
    ["the success message but exit code 1", 'cat "$OUTPUT"; exit 1', SUCCESS],
    ["exit code 0 but no success message", 'cat "$OUTPUT"', message(2262, 0, "TLC2 Version 9")],
    ["exit code 0 and no output", "exit 0", ""],
    [
      "success beside an error of an unknown number",
      'cat "$OUTPUT"',
      SUCCESS + message(2999, 1, "New."),
    ],
    [
      "a violation with the exit code of success",
      'cat "$OUTPUT"',
      message(2110, 1, "Invariant I is violated."),
    ],
    [
      "a violation with the exit code of another one",
      'cat "$OUTPUT"; exit 13',
      message(2110, 1, "Invariant I is violated."),
    ],
    [
      "success beside a violation, with the exit code of success",
      'cat "$OUTPUT"',
      SUCCESS + message(2110, 1, "Invariant I is violated."),
    ],
    [
      "success beside a violation, with the exit code of the violation",
      'cat "$OUTPUT"; exit 12',
      SUCCESS + message(2110, 1, "Invariant I is violated."),
    ],
    [
      "an error of Java about a file of TLC",
      'cat "$OUTPUT"; exit 255',
      message(1000, 1, "The exception was a java.io.FileNotFoundException\n: x.chkpt"),
    ],
    ["success beside a bug of TLC", 'cat "$OUTPUT"', SUCCESS + message(2128, 2, "A bug.")],
    [
      "a success message that is cut off",
      'cat "$OUTPUT"',
      "@!@!@STARTMSG 2193:0 @!@!@\nModel checking",
    ],
    ["a jar without a main class", 'echo "Could not find or load main class" >&2; exit 1', ""],
  ])("is never given for %s", async (_, script, output) => {
    const box = new Sandbox();
    const error = await errorOf(run(box, script, output));
    expect(error.code).toBe("TLC_UNEXPECTED_OUTPUT");
    expect(error.reproduce).toContain("tlc2.TLC -tool");
    expect(box.leftovers()).toEqual([]);
  });

  it("is never given for a model without initial states", async () => {
    const empty = SUCCESS.replace("1 distinct state generated", "0 distinct states generated");
    const { verdict } = await run(new Sandbox(), 'cat "$OUTPUT"', empty);
    expect(verdict).toMatchObject({ kind: "evaluation-error" });
  });
});

describe("a run that does not come to its end", () => {
  it.each(["KILL", "TERM", "INT"])("is killed when TLC gets SIG%s", async (signal) => {
    const box = new Sandbox();
    const result = await run(box, `cat "$OUTPUT"; kill -${signal} $$; sleep 5`, SUCCESS);
    expect(result.verdict).toMatchObject({
      kind: "killed",
      message: `TLC was ended by SIG${signal}`,
    });
    expect(box.leftovers()).toEqual([]);
  });

  it("is killed when Java says so with its exit code", async () => {
    const { verdict } = await run(new Sandbox(), 'cat "$OUTPUT"; exit 143', SUCCESS);
    expect(verdict.kind).toBe("killed");
  });

  it("is timed out, and ends what Java itself has started", async () => {
    const box = new Sandbox();
    const script = 'sleep 60 & echo $! > "$TMPDIR/../pid"; cat "$OUTPUT"; wait';
    // Time enough for the script to come to its wait, and far from a minute.
    const result = await run(box, script, SUCCESS, { timeoutSeconds: 3 });
    expect(result.seconds).toBeLessThan(50);
    expect(result.verdict.kind).toBe("timed-out");
    expect(result.distinct).toBe(56);
    expect(await isGone(join(box.path, "pid"))).toBe(true);
    expect(box.leftovers()).toEqual([]);
  });

  it("is killed when the caller aborts", async () => {
    const box = new Sandbox();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const result = await run(box, "sleep 60", "", { signal: controller.signal });
    expect(result.verdict).toMatchObject({
      kind: "killed",
      message: "TLC was ended by the caller",
    });
    expect(box.leftovers()).toEqual([]);
  });

  it("is killed at once when the caller has aborted before", async () => {
    const result = await run(new Sandbox(), "sleep 60", "", { signal: AbortSignal.abort() });
    expect(result.verdict.kind).toBe("killed");
  });

  it("leaves no dump behind", async () => {
    const box = new Sandbox();
    const dump = join(box.path, "graph.dot");
    const script = 'echo "strict digraph {" > "$HOME/graph.dot"; sleep 60';
    const result = await run(box, script, "", { dump, timeoutSeconds: 0.3 });
    expect(result).toMatchObject({ verdict: { kind: "timed-out" }, dump: undefined });
    expect(existsSync(dump)).toBe(false);
  });

  it("ends TLC when a callback throws, and passes the error on", async () => {
    const box = new Sandbox();
    const onMessage = () => {
      throw new Error("from the callback");
    };
    const script = 'echo $$ > "$HOME/pid"; cat "$OUTPUT"; sleep 60';
    await expect(run(box, script, SUCCESS, { onMessage })).rejects.toThrow("from the callback");
    expect(await isGone(join(box.path, "pid"))).toBe(true);
    expect(box.leftovers()).toEqual([]);
  });
});

describe("memory and disk", () => {
  it.each([
    ['echo "java.lang.OutOfMemoryError: Java heap space" >&2; exit 3', ""],
    ['echo "Terminating due to java.lang.OutOfMemoryError: Java heap space"; exit 3', ""],
    [
      'echo "Error occurred during initialization of VM"; echo "Too small maximum heap"; exit 1',
      "",
    ],
    ['cat "$OUTPUT"; exit 153', message(1001, 1, "Java ran out of memory.  Running Java with …")],
    [
      'cat "$OUTPUT"; exit 75',
      message(1000, 1, "The exception was a java.lang.OutOfMemoryError\n: x"),
    ],
  ])("out of memory is a verdict of its own: %s", async (script, output) => {
    const { verdict } = await run(new Sandbox(), script, output);
    expect(verdict.kind).toBe("out-of-memory");
  });

  it.each([
    ['echo "java.io.IOException: No space left on device" >&2; exit 1', ""],
    [
      'cat "$OUTPUT"; exit 75',
      message(1000, 1, "The exception was a x\n: No space left on device"),
    ],
    ['echo "java.io.FileNotFoundException: x (Read-only file system)" >&2; exit 1', ""],
  ])("a full or read-only disk is TLC_TEMP_UNUSABLE: %s", async (script, output) => {
    const box = new Sandbox();
    const error = await errorOf(run(box, script, output));
    expect(error).toMatchObject({ code: "TLC_TEMP_UNUSABLE", where: box.temporary });
    expect(box.leftovers()).toEqual([]);
  });

  it.each(["missing", "output.txt"])(
    "a temporary directory that is %s is TLC_TEMP_UNUSABLE",
    async (name) => {
      const box = new Sandbox();
      const where = join(box.path, name);
      const env = box.environment({ TMPDIR: where });
      const error = await errorOf(run(box, "exit 0", "", { env }));
      expect(error).toMatchObject({ code: "TLC_TEMP_UNUSABLE", where });
      expect(error.hint).toContain("TMPDIR");
    },
  );

  it("a dump without its end is TLC_DUMP_UNUSABLE although TLC saw no error", async () => {
    const box = new Sandbox();
    const dump = join(box.path, "graph.dot");
    const script = 'echo "strict digraph { 1 -> 2" > "$HOME/graph.dot"; cat "$OUTPUT"';
    const error = await errorOf(run(box, script, SUCCESS, { dump }));
    expect(error).toMatchObject({ code: "TLC_DUMP_UNUSABLE", where: dump });
    expect(existsSync(dump)).toBe(false);
  });

  it("a missing dump is TLC_DUMP_UNUSABLE", async () => {
    const box = new Sandbox();
    const error = await errorOf(
      run(box, 'cat "$OUTPUT"', SUCCESS, { dump: join(box.path, "g.dot") }),
    );
    expect(error).toMatchObject({ code: "TLC_DUMP_UNUSABLE", found: "TLC wrote no dump" });
  });
});

describe("options", () => {
  it.each<[string, Partial<RunTlcOptions>]>([
    ["workers", { workers: 0 }],
    ["workers", { workers: 1.5 }],
    ["heapMegabytes", { heapMegabytes: -1 }],
    ["timeoutSeconds", { timeoutSeconds: 0 }],
    ["timeoutSeconds", { timeoutSeconds: 1e9 }],
    ["dump", { dump: "graph.txt" }],
    ["spec", { spec: "Model.cfg" }],
    ["libraries", { libraries: ["/nowhere at all"] }],
    ["libraries", { libraries: ["/nowhere at all.jar"] }],
    ["classPath", { classPath: ["/nowhere at all.jar"] }],
    ["cwd", { cwd: "/nowhere at all" }],
    ["simulate.num", { simulate: { num: 0 } }],
    ["simulate.depth", { simulate: { num: 1, depth: 0 } }],
    ["coverage", { simulate: { num: 1 }, coverage: true }],
    ["dump", { simulate: { num: 1 }, dump: "graph.dot" }],
    ["seed", { seed: 2n ** 63n }],
    ["seed", { seed: 2 ** 60 }],
    ["fingerprint", { fingerprint: 131 }],
    ["fingerprint", { fingerprint: -1 }],
    ["checkpoint", { checkpoint: { directory: "/nowhere at all" } }],
    ["checkpoint.minutes", { checkpoint: { directory: "/tmp", minutes: 35_792 } }],
    ["recover", { recover: "/tmp" }],
  ])("%s: a useless value is TLC_BAD_OPTION", async (where, options) => {
    expect(await errorOf(run(new Sandbox(), "", "", options))).toMatchObject({
      code: "TLC_BAD_OPTION",
      where,
    });
  });

  it.each([
    ["worker", "Did you mean `workers`?"],
    ["timeout_seconds", "Did you mean `timeoutSeconds`?"],
    ["quite another thing", "Leave it out."],
  ])("an option `%s` that there is not is TLC_BAD_OPTION", async (name, hint) => {
    expect(await errorOf(run(new Sandbox(), "", "", { [name]: 2 }))).toMatchObject({
      code: "TLC_BAD_OPTION",
      where: name,
      hint,
    });
  });

  it("a missing module is TLC_SPEC_NOT_FOUND, a missing configuration TLC_CFG_NOT_FOUND", async () => {
    const box = new Sandbox();
    const spec = join(box.path, "No.tla");
    expect(await errorOf(run(box, "", "", { spec }))).toMatchObject({
      code: "TLC_SPEC_NOT_FOUND",
      where: spec,
    });
    const config = join(box.path, "No.cfg");
    expect(await errorOf(run(box, "", "", { config }))).toMatchObject({
      code: "TLC_CFG_NOT_FOUND",
      where: config,
    });
  });

  it("a dump into a missing directory is TLC_DUMP_UNUSABLE", async () => {
    const box = new Sandbox();
    const dump = join(box.path, "nowhere", "graph.dot");
    expect(await errorOf(run(box, "", "", { dump }))).toMatchObject({ code: "TLC_DUMP_UNUSABLE" });
  });

  it("a Java that went away is TLC_JAVA_UNUSABLE", async () => {
    const box = new Sandbox();
    const tools = fakeTools(box, "");
    writeFileSync(tools.java.path, "not a program any more");
    const error = await errorOf(
      run(box, "", "", { tools: { ...tools, java: { ...tools.java, path: "/no/java" } } }),
    );
    expect(error).toMatchObject({ code: "TLC_JAVA_UNUSABLE", where: "/no/java" });
  });

  it("reach Java and TLC as arguments, without a shell", async () => {
    const box = new Sandbox();
    const script = 'for arg; do echo "$arg"; done > "$HOME/arguments"; cat "$OUTPUT"';
    await run(box, script, SUCCESS, {
      workers: 2,
      heapMegabytes: 300,
      checkDeadlock: false,
      coverage: true,
      libraries: [box.path],
      jvmArguments: ["-Xss8m", "$(touch never)"],
    });
    const args = readFileSync(join(box.path, "arguments"), "utf8").split("\n");
    for (const arg of [
      "-Xmx300m",
      "-Xss8m",
      "$(touch never)",
      "-deadlock",
      "-coverage",
      `-DTLA-Library=${box.path}`,
    ]) {
      expect(args).toContain(arg);
    }
    expect(args[args.indexOf("-workers") + 1]).toBe("2");
    expect(args.filter((arg) => /Use\w+GC/.test(arg))).toEqual(["-XX:+UseParallelGC"]);
    expect(args.find((arg) => arg.startsWith("-Djava.io.tmpdir="))).toContain(box.temporary);
    expect(args[args.indexOf("-metadir") + 1]).toContain(box.temporary);
  });

  it("of a simulation, seeds, checkpoints and class path reach Java and TLC", async () => {
    const box = new Sandbox();
    const jar = box.file("some modules.jar", "");
    const [saved, classes] = ["saved", "classes"].map((name) => join(box.path, name));
    for (const path of [saved, classes]) mkdirSync(path);
    const checkpoint = box.file("old/vars.chkpt", "");
    const common = { seed: -(2n ** 63n), fingerprint: 130, libraries: [jar], classPath: [classes] };
    const simulated = await argumentsOf(box, { ...common, simulate: { num: 7, depth: 9 } });
    expect(after(simulated, "-simulate")).toBe("num=7");
    expect(after(simulated, "-depth")).toBe("9");
    expect(after(simulated, "-seed")).toBe("-9223372036854775808");
    expect(after(simulated, "-fp")).toBe("130");
    expect(after(simulated, "-cp")).toBe([join(box.path, "a jar.jar"), jar, classes].join(":"));
    expect(simulated.some((arg) => arg.startsWith("-DTLA-Library"))).toBe(false);
    expect(simulated).not.toContain("-continue");
    const other = await argumentsOf(box, {
      continueAfterViolation: true,
      checkpoint: { directory: saved, minutes: 2 },
      recover: dirname(checkpoint),
    });
    expect(other).toContain("-continue");
    expect(other).not.toContain("-simulate");
    expect(after(other, "-checkpoint")).toBe("2");
    expect(after(other, "-metadir")).toBe(saved);
    expect(after(other, "-recover")).toBe(dirname(checkpoint));
    const plain = await argumentsOf(box, {});
    expect(["-seed", "-fp", "-checkpoint"].map((name) => after(plain, name))).toEqual([
      "0",
      "0",
      "0",
    ]);
    expect(plain).not.toContain("-recover");
  });

  it.each([
    ["argument", { jvmArguments: ["-XX:+UseG1GC"] }, ["-XX:+UseG1GC"]],
    ["variable", { env: { _JAVA_OPTIONS: "-Xss1m -XX:+UseZGC" } }, []],
  ])("Java is told of one collector, when an %s chooses one", async (_, options, collectors) => {
    const box = new Sandbox();
    const env = { ...box.environment(), ...("env" in options ? options.env : {}) };
    const args = await argumentsOf(box, { ...options, env });
    expect(args.filter((arg) => /Use\w+GC/.test(arg))).toEqual(collectors);
  });

  it("decide the directory in which TLC runs, by default that of the module", async () => {
    const box = new Sandbox();
    const script = 'pwd > "$HOME/cwd"; cat "$OUTPUT"';
    const cwd = () => readFileSync(join(box.path, "cwd"), "utf8").trim();
    const { reproduce } = await run(box, script, SUCCESS);
    expect(cwd()).toBe(join(box.path, "models of the test"));
    expect(reproduce).toContain(`cd '${cwd()}' && `);
    await run(box, script, SUCCESS, { cwd: box.path });
    expect(cwd()).toBe(box.path);
  });
});

const after = (args: readonly string[], name: string) => args[args.indexOf(name) + 1];

async function argumentsOf(box: Sandbox, options: Partial<RunTlcOptions>): Promise<string[]> {
  await run(
    box,
    'for arg; do echo "$arg"; done > "$HOME/arguments"; cat "$OUTPUT"',
    SUCCESS,
    options,
  );
  return readFileSync(join(box.path, "arguments"), "utf8").split("\n");
}

describe("progress", () => {
  const progress = (depth: string, generated: string, distinct: string, queue: string) =>
    message(
      2200,
      0,
      `Progress(${depth}) at 2026-01-01 00:00:00: ${generated} states generated (1,500 s/min), ` +
        `${distinct} distinct states found (900 ds/min), ${queue} states left on queue.`,
    );

  it("is told with numbers, depth, time and rate", async () => {
    const seen: TlcProgress[] = [];
    const output =
      progress("3", "1,000", "2,000", "30") + progress("7", "12,000", "2,000", "30") + SUCCESS;
    await run(new Sandbox(), 'cat "$OUTPUT"', output, {
      onProgress: (report) => seen.push(report),
    });
    expect(seen).toMatchObject([
      { depth: 3, generated: 1000, distinct: 2000, queue: 30 },
      { depth: 7, generated: 12_000, distinct: 2000, queue: 30 },
    ]);
    expect(seen[1]?.statesPerSecond).toBeGreaterThan(0);
    expect(seen[1]?.seconds).toBeGreaterThan(0);
  });

  it.each([
    ["en", "7,480,636", "12,000"],
    ["de", "7.480.636", "12.000"],
    ["fr", "7\u202f480\u202f636", "12\u202f000"],
    ["pl", "7\u00a0480\u00a0636", "12\u00a0000"],
    ["de-CH", "7’480’636", "12’000"],
    ["hi", "74,80,636", "12,000"],
    ["ar-EG", "٧٬٤٨٠٬٦٣٦", "١٢٬٠٠٠"],
    ["fa", "۷٬۴۸۰٬۶۳۶", "۱۲٬۰۰۰"],
    ["mr", "७४,८०,६३६", "१२,०००"],
  ])("and the counts of a run that is ended early are right in the locale %s", async (_, ...of) => {
    const seen: TlcProgress[] = [];
    const [generated, distinct] = of;
    const result = await run(
      new Sandbox(),
      'cat "$OUTPUT"; kill -TERM $$; sleep 5',
      progress("7", generated, distinct, distinct),
      { onProgress: (report) => seen.push(report) },
    );
    const counts = { generated: 7_480_636, distinct: 12_000, queue: 12_000, depth: 7 };
    expect(seen).toMatchObject([counts]);
    expect(result).toMatchObject({ verdict: { kind: "killed" }, ...counts });
  });

  it("of a simulation tells no numbers that TLC does not know", async () => {
    const seen: TlcProgress[] = [];
    const text =
      "Progress(3) at x: 7 states generated, -1 distinct states found, -1 states left on queue.";
    await run(new Sandbox(), 'cat "$OUTPUT"; kill -TERM $$; sleep 5', message(2209, 0, text), {
      onProgress: (report) => seen.push(report),
    });
    expect(seen).toMatchObject([{ generated: 7, distinct: 0, queue: 0, depth: 0 }]);
  });
});
