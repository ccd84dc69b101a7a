/**
 * Writes model/witnesses.txt: `npm run witnesses`. With `--check` it says whether the file is
 * current, by what it was made from, and where CI is set by making it anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelDirectory } from "../model/paths.js";
import { behaviors } from "./behaviors.js";
import { findWitnesses } from "./findWitnesses.js";
import { inputsDigest } from "./inputsDigest.js";
import { type LoadedBehavior, loadBehavior } from "./loadBehavior.js";
import { listFaults, readRedundant } from "./redundant.js";
import { madeFrom, WITNESSES_FILE, witnessText } from "./witnessText.js";

const path = join(modelDirectory, WITNESSES_FILE);
const loaded = await Promise.all(behaviors.map((each) => loadBehavior(each)));
const isCheck = process.argv.includes("--check");

if (isCheck && !process.env.CI) checkInputs(loaded);
else makeAnew(loaded);

function checkInputs(all: readonly LoadedBehavior[]): void {
  const isCurrent = readFileSync(path, "utf8").includes(madeFrom(inputsDigest(all)));
  console.log(`witnesses: made from ${isCurrent ? "what is there now" : "something else"}`);
  if (!isCurrent) fail("Run npm run witnesses, and read what has changed in the file.");
}

function makeAnew(of: readonly LoadedBehavior[]): void {
  const all = findWitnesses(of);
  const text = witnessText(all, inputsDigest(of));
  const isCurrent = !isCheck || readFileSync(path, "utf8") === text;
  if (!isCheck) writeFileSync(path, text);
  const parts = all.reduce((sum, { variants }) => sum + variants.length, 0);
  const untold = all.reduce((sum, findings) => sum + findings.untold.length, 0);
  console.log(`witnesses: of ${parts} parts of properties ${parts - untold} are told by something`);
  if (!isCurrent)
    fail("The file says otherwise: run npm run witnesses, and read what has changed.");
  const faults = listFaults(all, readRedundant());
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) return;
  fail("Give it a behavior that tells, take it out, or list it in model/redundant.json.");
}

function fail(advice: string): void {
  console.error(advice);
  process.exitCode = 1;
}
