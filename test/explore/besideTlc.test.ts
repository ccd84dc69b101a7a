/** `explore --tlc`: where TLC comes to another verdict or counts otherwise, what it says of TLC. */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { exploreCommand } from "../../verify/commands/explore.js";
import { type Edit, mutate } from "../mutants/mutate.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";
import { describeWithTlc } from "../support/tlc.js";

/** A directory in which the model is another one than the implementation is built from. */
async function changed(module: string, edit: Edit): Promise<string> {
  const { specPath } = await tinyModel(temporary);
  const path = join(dirname(specPath), `${module}.tla`);
  writeFileSync(path, mutate(readFileSync(path, "utf8"), edit));
  return dirname(specPath);
}

async function explored(models: string) {
  const written: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  const exit = await exploreCommand(["MCTiny"], { models, tlc: true, json: true });
  return { exit, answer: JSON.parse(written.join("")).models[0] };
}

const temporary = temporaryDirectory();
afterEach(() => vi.restoreAllMocks());

describeWithTlc("explore --tlc", () => {
  test("says TLC's verdict where it is another one than the exploration's", async () => {
    const find = "/\\ versTmp' = [versTmp EXCEPT ![DomainOf[v]] = settled]";
    const replace = "/\\ versTmp' = [versTmp EXCEPT ![DomainOf[v]] = 300]";
    const { exit, answer } = await explored(await changed("NegotiateVersion", { find, replace }));
    expect(exit).toBe(1);
    expect(answer).toMatchObject({ outcome: "holds", expected: false, firstDifference: null });
    expect(answer.tlcVerdict).toBe("invariant TypeOK");
    expect(answer.differencesFromTlc).toEqual([
      expect.stringMatching(`^verdict of TLC [\\d.]+: ${answer.tlcVerdict} expected, holds found$`),
    ]);
  });

  test("says the first step that TLC's graph lacks where only counts differ", async () => {
    const find = "    /\\ \\E c \\in Calls :\n        /\\ call' =";
    const replace = '    /\\ \\E c \\in Calls \\ {<<"ID_GET", 0>>} :\n        /\\ call\' =';
    const { exit, answer } = await explored(await changed("Mediator", { find, replace }));
    expect(exit).toBe(1);
    expect(answer).toMatchObject({ outcome: "holds", tlcVerdict: "holds" });
    expect(answer.differencesFromTlc).toContainEqual(expect.stringMatching(/^StartCall: \d+ exp/));
    expect(answer.firstDifference).toMatchObject({
      by: "TLC",
      kind: "implementation-only",
      action: "StartCall",
      implementation: { call: expect.stringContaining("ID_GET") },
    });
  });
});
