/** `ffa-verify traces export`: from TLC to a file, twice the same, and the one that is kept. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { modelDirectory } from "../../verify/model/paths.js";
import { TRACES } from "../../verify/traces/origin.js";
import { readTracesFile } from "../../verify/traces/tracesFile.js";
import { ffaVerify } from "../support/cli.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const NAME = "MCTeardown1x1Posted";

describeWithTlc("traces export", () => {
  const directory = temporaryDirectory();

  it("gives the same bytes twice, and those are what is kept", async () => {
    const [one, other] = [join(directory, "one"), join(directory, "other")];
    const run = await ffaVerify(["traces", "export", NAME, "--traces", one]);
    expect([run.code, run.stdout]).toEqual([0, expect.stringMatching(/ratio .*\n.* 1\.00 /)]);
    const again = await ffaVerify(["traces", "export", NAME, "--traces", other, "--json"]);
    const { models } = JSON.parse(again.stdout);
    expect(models[0].steps).toBe(models[0].fewestSteps);
    const file = (of: string) => join(of, `${NAME}.traces`);
    expect(readFileSync(file(one)).equals(readFileSync(file(other)))).toBe(true);
    // The compressor may be another version; what is compressed is the same.
    const { head, content } = readTracesFile(file(one));
    const kept = readTracesFile(file(join(modelDirectory, TRACES)));
    expect(head).toEqual(kept.head);
    expect(content.equals(kept.content)).toBe(true);
  });
});
