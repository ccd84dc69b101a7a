/** Graphs of tests, each in a file, compared with the implementation. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConformResult, conform } from "../../verify/conform/conform.js";
import { Stepper } from "../../verify/engine/stepper.js";
import type { System } from "../../verify/mediator/system.js";
import { type DumpLine, dumpText, tinySystem } from "./graphDump.js";

export const conformLines = (lines: readonly DumpLine[], system?: System): ConformResult =>
  conformText(dumpText(lines), system);

/** @throws VerifyError, as `conform` */
export function conformText(text: string, system: System = tinySystem()): ConformResult {
  const directory = mkdtempSync(join(tmpdir(), "ffa-verify-test-"));
  try {
    const path = join(directory, "graph.dot");
    writeFileSync(path, text);
    return conform(new Stepper(system), path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
