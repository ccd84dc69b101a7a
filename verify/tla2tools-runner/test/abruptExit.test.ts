import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { fakeTools, message } from "./support/fakeTlc.js";
import { Sandbox } from "./support/sandbox.js";

const PACKAGE = pathToFileURL(join(import.meta.dirname, "../dist/index.js")).href;
const STARTED = message(2262, 0, "TLC2 Version 2.18");

/** Starts a program that runs TLC without end, and waits until TLC has printed something. */
async function startProgram(box: Sandbox, before = "", onMessage = ""): Promise<ChildProcess> {
  const script = 'echo $$ > "$HOME/pid"; cat "$OUTPUT"; sleep 60 & wait';
  const options = {
    spec: box.model("M", "VARIABLE x\nInit == x = 0\nNext == x' = x"),
    tools: fakeTools(box, script, STARTED),
    env: box.environment(),
  };
  const program = `
    import { runTlc } from ${JSON.stringify(PACKAGE)};
    ${before}
    const onMessage = () => { console.log('started'); ${onMessage} };
    const { verdict } = await runTlc({ ...${JSON.stringify(options)}, onMessage });
    console.log(verdict.kind);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(child.stdout, "data");
  return child;
}

async function expectNothingLeft(box: Sandbox): Promise<void> {
  expect(readdirSync(box.temporary)).toEqual([]);
  const stat = `/proc/${readFileSync(join(box.path, "pid"), "utf8").trim()}/stat`;
  // Half a minute: how long a busy machine takes is not the subject.
  for (let attempt = 0; attempt < 1500; attempt += 1) {
    if (!existsSync(stat) || / Z /.test(readFileSync(stat, "utf8"))) return;
    await wait(20);
  }
  throw new Error("Java is still running");
}

describe("a program that ends while TLC runs", () => {
  it.concurrent.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "by %s: Java ends too, and nothing is left",
    async (signal) => {
      const box = new Sandbox();
      const child = await startProgram(box);
      child.kill(signal);
      expect(await once(child, "exit")).toEqual([null, signal]);
      await expectNothingLeft(box);
    },
  );

  it.concurrent("by process.exit: the same", async () => {
    const box = new Sandbox();
    const child = await startProgram(box, "", "setTimeout(() => process.exit(3), 50);");
    expect(await once(child, "exit")).toEqual([3, null]);
    await expectNothingLeft(box);
  });

  it.concurrent("by an uncaught error: the same", async () => {
    const box = new Sandbox();
    const child = await startProgram(box, "", "setTimeout(() => { throw 1; }, 50);");
    expect(await once(child, "exit")).toEqual([1, null]);
    await expectNothingLeft(box);
  });

  it.concurrent("has the last word if it handles the signal itself; its run is killed", async () => {
    const box = new Sandbox();
    const child = await startProgram(box, "process.on('SIGINT', () => console.log('handled'));");
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(output.trim().split("\n")).toEqual(["handled", "killed"]);
    await expectNothingLeft(box);
  });
});
