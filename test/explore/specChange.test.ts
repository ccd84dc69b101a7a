/** An invariant that is changed in the spec alone: the explorer objects, without a line of code. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { modelDirectory } from "../../verify/model/paths.js";
import { ffaVerify } from "../support/cli.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const temporary = temporaryDirectory();
const TEXT = "    listWriter = 0 => vmCount = Len(ctxList)\n";

/** `explore` of MCPkvm, which holds, with other text for CountIsLengthInv. */
function exploreWith(text: string) {
  const directory = mkdtempSync(join(temporary, "spec-"));
  cpSync(modelDirectory, directory, { recursive: true });
  const path = join(directory, "Properties.tla");
  const [before, after, ...others] = readFileSync(path, "utf8").split(TEXT);
  expect(after).toBeDefined();
  expect(others).toEqual([]);
  writeFileSync(path, `${before}${text}${after}`);
  return ffaVerify(["explore", "MCPkvm", "--models", directory]);
}

describeWithTlc("CountIsLengthInv", () => {
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
  ])("%s", (_, text, code, said) => {
    const run = exploreWith(text);
    expect(run.stdout).toMatch(said);
    expect(run.code).toBe(code);
  });
});
