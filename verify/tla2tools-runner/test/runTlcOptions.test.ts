/** The options of a run: what is refused, and what reaches Java and TLC. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunTlcOptions } from "../src/index.js";
import { fakeTools, runFake, SUCCESS } from "./support/fakeTlc.js";
import { errorOf, Sandbox } from "./support/sandbox.js";

const after = (args: readonly string[], name: string) => args[args.indexOf(name) + 1];

async function argumentsOf(box: Sandbox, options: Partial<RunTlcOptions>): Promise<string[]> {
  await runFake(
    box,
    'for arg; do echo "$arg"; done > "$HOME/arguments"; cat "$OUTPUT"',
    SUCCESS,
    options,
  );
  return readFileSync(join(box.path, "arguments"), "utf8").split("\n");
}

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
    expect(await errorOf(runFake(new Sandbox(), "", "", options))).toMatchObject({
      code: "TLC_BAD_OPTION",
      where,
    });
  });

  it.each([
    ["worker", "Did you mean `workers`?"],
    ["timeout_seconds", "Did you mean `timeoutSeconds`?"],
    ["quite another thing", "Leave it out."],
  ])("an option `%s` that there is not is TLC_BAD_OPTION", async (name, hint) => {
    expect(await errorOf(runFake(new Sandbox(), "", "", { [name]: 2 }))).toMatchObject({
      code: "TLC_BAD_OPTION",
      where: name,
      hint,
    });
  });

  it("a missing module is TLC_SPEC_NOT_FOUND, a missing configuration TLC_CFG_NOT_FOUND", async () => {
    const box = new Sandbox();
    const spec = join(box.path, "No.tla");
    expect(await errorOf(runFake(box, "", "", { spec }))).toMatchObject({
      code: "TLC_SPEC_NOT_FOUND",
      where: spec,
    });
    const config = join(box.path, "No.cfg");
    expect(await errorOf(runFake(box, "", "", { config }))).toMatchObject({
      code: "TLC_CFG_NOT_FOUND",
      where: config,
    });
  });

  it("a dump into a missing directory is TLC_DUMP_UNUSABLE", async () => {
    const box = new Sandbox();
    const dump = join(box.path, "nowhere", "graph.dot");
    expect(await errorOf(runFake(box, "", "", { dump }))).toMatchObject({
      code: "TLC_DUMP_UNUSABLE",
    });
  });

  it("a Java that went away is TLC_JAVA_UNUSABLE", async () => {
    const box = new Sandbox();
    const tools = fakeTools(box, "");
    writeFileSync(tools.java.path, "not a program any more");
    const error = await errorOf(
      runFake(box, "", "", { tools: { ...tools, java: { ...tools.java, path: "/no/java" } } }),
    );
    expect(error).toMatchObject({ code: "TLC_JAVA_UNUSABLE", where: "/no/java" });
  });

  it("reach Java and TLC as arguments, without a shell", async () => {
    const box = new Sandbox();
    const script = 'for arg; do echo "$arg"; done > "$HOME/arguments"; cat "$OUTPUT"';
    await runFake(box, script, SUCCESS, {
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
    // Else a counterexample of a temporal property would depend on when it is looked for.
    expect(after(plain, "-lncheck")).toBe("final");
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
    const { reproduce } = await runFake(box, script, SUCCESS);
    expect(cwd()).toBe(join(box.path, "models of the test"));
    expect(reproduce).toContain(`cd '${cwd()}' && `);
    await runFake(box, script, SUCCESS, { cwd: box.path });
    expect(cwd()).toBe(box.path);
  });
});
