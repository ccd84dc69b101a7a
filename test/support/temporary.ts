/** A directory for the tests of one file; it goes away with them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/**
 * To be called where a test follows that is not skipped: behind nothing but skipped tests nothing
 * is tidied up. Inside `describeWithTlc` is such a place.
 */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "ffa-verify-test-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
