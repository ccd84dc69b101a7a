/** Small projects for the rules: a base that keeps every rule, and files laid over it. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Correspondence } from "../../verify/mediator/correspondence/correspondence.js";
import { projectRoot } from "../../verify/model/paths.js";
import {
  type CheckedProject,
  checkedProject,
  DOCUMENT_FILE,
  loadFiles,
} from "../../verify/static/checkedProject.js";
import { correspondenceDocument } from "../../verify/static/correspondenceDocument.js";

export const fixtures = fileURLToPath(new URL("./fixtures", import.meta.url));

const PUBLISH = ["protocol.ts:publish"];

/** The tables that the base agrees with. */
export const baseTables: Correspondence = {
  actions: [
    { action: "ReadGuestVers", code: PUBLISH, c: "f" },
    { action: "LockGuestVers", code: PUBLISH, c: "f" },
    { action: "ReadVersTmp", code: PUBLISH, c: "f" },
    { action: "PublishGuestVers", code: PUBLISH, c: "f" },
    { action: "UnlockGuestVers", code: PUBLISH, c: "f" },
    { action: "IncVmCount", code: ["protocol.ts:countVm"], c: "g" },
  ],
  sharedVariables: [
    {
      variable: "guestVers",
      over: "domains",
      location: "guest_vers",
      slots: "all",
      c: "guest_vers",
    },
    {
      variable: "versTmp",
      over: "domains",
      location: "guest_vers_tmp",
      slots: "all",
      c: "guest_vers_tmp",
    },
    {
      variable: "vmCount",
      over: "nothing",
      location: "ffa_vm_count",
      slots: "all",
      c: "ffa_vm_count",
    },
    {
      variable: "versLock",
      over: "domains",
      location: "guest_vers_lock",
      slots: [0],
      c: "guest_vers_lock",
    },
  ],
  localVariables: ["pc"],
  workActions: ["ReadVersTmp"],
  unmirrored: [],
};

/** The files of the base with the real src/sync, and `overlay` over them. */
export function fixtureFiles(overlay?: string): Map<string, string> {
  const files = new Map([[DOCUMENT_FILE, correspondenceDocument(baseTables)]]);
  for (const [path, text] of loadFiles(projectRoot)) {
    if (path.startsWith("src/sync/")) files.set(path, text);
  }
  addFolder(files, join(fixtures, "base"));
  if (overlay !== undefined) addFolder(files, join(fixtures, overlay));
  return files;
}

export const fixtureProject = (overlay?: string): CheckedProject =>
  checkedProject(fixtureFiles(overlay), baseTables);

function addFolder(files: Map<string, string>, root: string): void {
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === "expected.txt") continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(root, path), readFileSync(path, "utf8"));
  }
}
