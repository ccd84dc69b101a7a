/**
 * A run that is saved and taken up again. TLC saves after minutes, and never within its first 3 s;
 * but also when it ends with states left to explore and is bound in time. It takes itself to be
 * bound where the property `stopAfter` is set, and 0 bounds nothing.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runTlc } from "../src/index.js";
import { describeTlc } from "./support/realTlc.js";
import { Sandbox } from "./support/sandbox.js";

const GRID = `EXTENDS Naturals, TLC
CONSTANT Stops
VARIABLES x, y
Init == x = 0 /\\ y = 0
Next == /\\ Stops /\\ x = 5 /\\ y = 5 => TLCSet("exit", TRUE)
        /\\ \\/ x < 20 /\\ x' = x + 1 /\\ y' = y
           \\/ y < 20 /\\ y' = y + 1 /\\ x' = x`;

const cfg = (stops: string) =>
  `INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\nCONSTANT Stops = ${stops}\n`;

describeTlc("a run that is saved", (tools) => {
  it("goes on where it was, and comes to the states of a run that was not ended", async () => {
    const box = new Sandbox();
    const directory = join(box.path, "saved runs");
    mkdirSync(directory);
    const spec = box.model("Grid", GRID, cfg("TRUE"));
    const run = { spec, tools, isShort: true, env: box.environment() } as const;
    // A configuration need not lie beside the module.
    const whole = runTlc({ ...run, config: box.file("Whole.cfg", cfg("FALSE")) });
    const first = await runTlc({
      ...run,
      checkpoint: { directory, minutes: 60 },
      jvmArguments: ["-Dtlc2.TLC.stopAfter=0"],
    });
    const { checkpoint: recover = "none" } = first;
    expect(first.verdict.kind).toBe("stopped");
    expect(first.queue).toBeGreaterThan(0);
    expect(recover.startsWith(directory)).toBe(true);
    expect(existsSync(join(recover, "vars.chkpt"))).toBe(true);

    const second = await runTlc({ ...run, recover });
    const { distinct, depth, generated } = await whole;
    expect({ distinct, depth, generated }).toEqual({ distinct: 441, depth: 41, generated: 841 });
    expect(second).toMatchObject({ verdict: { kind: "holds" }, distinct, depth, queue: 0 });
    // TLC counts the states that were saved as generated once each, and no initial state.
    expect(first.generated - first.distinct + second.generated).toBe(generated);
    expect(second.initialStates).toBe(0);
    expect(box.leftovers()).toEqual([]);
  });
});
