/** An invariant that is changed in the spec alone: the explorer objects, without a line of code. */
import type { TlcTools } from "tla2tools-runner";
import { expect, test } from "vitest";
import { changedSpec } from "../support/changedSpec.js";
import { ffaVerify } from "../support/cli.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const temporary = temporaryDirectory();
const TEXT = "    listWriter = 0 => vmCount = Len(ctxList)\n";

/** `explore` of MCPkvm, which holds, with other text for CountIsLengthInv. */
async function exploreWith(text: string, tools: TlcTools) {
  const directory = await changedSpec(temporary, { find: TEXT, replace: text }, tools);
  return ffaVerify(["explore", "MCPkvm", "--models", directory]);
}

describeWithTlc("CountIsLengthInv", (tools) => {
  test.each([
    ["as it is", TEXT, 0, /^MCPkvm +1x2 +holds /m],
    ["FALSE", "    FALSE\n", 1, /CountIsLengthInv: 1 state/],
    // Between the change of the list and that of the count, a writer has the lock.
    [
      "stronger",
      "    vmCount = Len(ctxList)\n",
      1,
      /CountIsLengthInv: [\s\S]*IncVmCount .*vmCount: 0 -> 1\n\n/,
    ],
  ])("%s", async (_, text, code, said) => {
    const run = await exploreWith(text, tools);
    expect(run.stdout).toMatch(said);
    expect(run.code).toBe(code);
  });
});
