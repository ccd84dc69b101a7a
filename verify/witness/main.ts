/** Writes model/witnesses.txt: `npm run witnesses`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelDirectory } from "../model/paths.js";
import { behaviors } from "./behaviors.js";
import { findWitnesses } from "./findWitnesses.js";
import { loadBehavior } from "./loadBehavior.js";
import { listFaults, readRedundant } from "./redundant.js";
import { WITNESSES_FILE, witnessText } from "./witnessText.js";

const all = findWitnesses(await Promise.all(behaviors.map((each) => loadBehavior(each))));
writeFileSync(join(modelDirectory, WITNESSES_FILE), witnessText(all));

const parts = all.reduce((sum, { variants }) => sum + variants.length, 0);
const untold = all.reduce((sum, findings) => sum + findings.untold.length, 0);
const faults = listFaults(all, readRedundant());
console.log(`witnesses: of ${parts} parts of properties ${parts - untold} are told by something`);
for (const fault of faults) console.error(fault);
if (faults.length > 0) {
  console.error("Give it a behavior that tells, take it out, or list it in model/redundant.json.");
  process.exitCode = 1;
}
