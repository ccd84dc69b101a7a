/** How a run ends: with a verdict that nothing contradicts, from outside, or for want of room. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { message, runFake, SUCCESS } from "./support/fakeTlc.js";
import { errorOf, Sandbox } from "./support/sandbox.js";

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
    const result = await runFake(box, 'cat "$OUTPUT"', SUCCESS);
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
    const error = await errorOf(runFake(box, script, output));
    expect(error.code).toBe("TLC_UNEXPECTED_OUTPUT");
    expect(error.reproduce).toContain("tlc2.TLC -tool");
    expect(box.leftovers()).toEqual([]);
  });

  it("is never given for a model without initial states", async () => {
    const empty = SUCCESS.replace("1 distinct state generated", "0 distinct states generated");
    const { verdict } = await runFake(new Sandbox(), 'cat "$OUTPUT"', empty);
    expect(verdict).toMatchObject({ kind: "evaluation-error" });
  });
});

describe("a run that does not come to its end", () => {
  it.each(["KILL", "TERM", "INT"])("is killed when TLC gets SIG%s", async (signal) => {
    const box = new Sandbox();
    const result = await runFake(box, `cat "$OUTPUT"; kill -${signal} $$; sleep 5`, SUCCESS);
    expect(result.verdict).toMatchObject({
      kind: "killed",
      message: `TLC was ended by SIG${signal}`,
    });
    expect(box.leftovers()).toEqual([]);
  });

  it("is killed when Java says so with its exit code", async () => {
    const { verdict } = await runFake(new Sandbox(), 'cat "$OUTPUT"; exit 143', SUCCESS);
    expect(verdict.kind).toBe("killed");
  });

  it("is timed out, and ends what Java itself has started", async () => {
    const box = new Sandbox();
    const script = 'sleep 60 & echo $! > "$TMPDIR/../pid"; cat "$OUTPUT"; wait';
    // Time enough for the script to come to its wait, and far from a minute.
    const result = await runFake(box, script, SUCCESS, { timeoutSeconds: 3 });
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
    const result = await runFake(box, "sleep 60", "", { signal: controller.signal });
    expect(result.verdict).toMatchObject({
      kind: "killed",
      message: "TLC was ended by the caller",
    });
    expect(box.leftovers()).toEqual([]);
  });

  it("is killed at once when the caller has aborted before", async () => {
    const result = await runFake(new Sandbox(), "sleep 60", "", { signal: AbortSignal.abort() });
    expect(result.verdict.kind).toBe("killed");
  });

  it("leaves no dump behind", async () => {
    const box = new Sandbox();
    const dump = join(box.path, "graph.dot");
    const script = 'echo "strict digraph {" > "$HOME/graph.dot"; sleep 60';
    const result = await runFake(box, script, "", { dump, timeoutSeconds: 0.3 });
    expect(result).toMatchObject({ verdict: { kind: "timed-out" }, dump: undefined });
    expect(existsSync(dump)).toBe(false);
  });

  it("ends TLC when a callback throws, and passes the error on", async () => {
    const box = new Sandbox();
    const onMessage = () => {
      throw new Error("from the callback");
    };
    const script = 'echo $$ > "$HOME/pid"; cat "$OUTPUT"; sleep 60';
    await expect(runFake(box, script, SUCCESS, { onMessage })).rejects.toThrow("from the callback");
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
    const { verdict } = await runFake(new Sandbox(), script, output);
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
    const error = await errorOf(runFake(box, script, output));
    expect(error).toMatchObject({ code: "TLC_TEMP_UNUSABLE", where: box.temporary });
    expect(box.leftovers()).toEqual([]);
  });

  it.each(["missing", "output.txt"])(
    "a temporary directory that is %s is TLC_TEMP_UNUSABLE",
    async (name) => {
      const box = new Sandbox();
      const where = join(box.path, name);
      const env = box.environment({ TMPDIR: where });
      const error = await errorOf(runFake(box, "exit 0", "", { env }));
      expect(error).toMatchObject({ code: "TLC_TEMP_UNUSABLE", where });
      expect(error.hint).toContain("TMPDIR");
    },
  );

  it("a dump without its end is TLC_DUMP_UNUSABLE although TLC saw no error", async () => {
    const box = new Sandbox();
    const dump = join(box.path, "graph.dot");
    const script = 'echo "strict digraph { 1 -> 2" > "$HOME/graph.dot"; cat "$OUTPUT"';
    const error = await errorOf(runFake(box, script, SUCCESS, { dump }));
    expect(error).toMatchObject({ code: "TLC_DUMP_UNUSABLE", where: dump });
    expect(existsSync(dump)).toBe(false);
  });

  it("a missing dump is TLC_DUMP_UNUSABLE", async () => {
    const box = new Sandbox();
    const error = await errorOf(
      runFake(box, 'cat "$OUTPUT"', SUCCESS, { dump: join(box.path, "g.dot") }),
    );
    expect(error).toMatchObject({ code: "TLC_DUMP_UNUSABLE", found: "TLC wrote no dump" });
  });
});
