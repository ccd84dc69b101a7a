/** Graphs of tests, each in a file, compared with the implementation. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ConformResult, conform } from "../../verify/conform/conform.js";
import { Stepper } from "../../verify/engine/stepper.js";
import type { System } from "../../verify/mediator/system.js";
import { type DumpLine, dumpText, tinySystem } from "./graphDump.js";
import { temporaryDirectory } from "./temporary.js";

const path = join(temporaryDirectory(), "graph.dot");

export const conformLines = (lines: readonly DumpLine[], system?: System): ConformResult =>
  conformText(dumpText(lines), system);

/** @throws VerifyError, as `conform` */
export function conformText(text: string, system: System = tinySystem()): ConformResult {
  writeFileSync(path, text);
  return conform(new Stepper(system), path);
}
