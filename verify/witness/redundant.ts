/** Parts of properties that say nothing of their own, as model/redundant.json lists them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { modelDirectory } from "../model/paths.js";
import { VerifyError } from "../support/verifyError.js";
import type { Findings } from "./findWitnesses.js";
import { variantText } from "./variants.js";

const list = z.array(
  z.strictObject({ reason: z.string().min(1), parts: z.array(z.string()).min(1) }),
);

/**
 * By the part that is left out, the reason why nothing can tell.
 *
 * @throws VerifyError MANIFEST_INVALID
 */
export function readRedundant(directory = modelDirectory): ReadonlyMap<string, string> {
  const path = join(directory, "redundant.json");
  const parsed = list.safeParse(readJson(path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${path}: ${issue.path.join(".") || "(top)"}`, issue.message);
  }
  return new Map(parsed.data.flatMap(({ reason, parts }) => parts.map((part) => [part, reason])));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw invalid(path, (cause as Error).message);
  }
}

function invalid(where: string, found: string): VerifyError {
  return new VerifyError({
    code: "MANIFEST_INVALID",
    what: "the list of redundant parts cannot be read, or does not have the form expected",
    where,
    found,
    hint: "compare the entry with those beside it",
  });
}

/** What is not as it is listed; empty when the list is right. */
export function listFaults(
  all: readonly Findings[],
  redundant: ReadonlyMap<string, string>,
): readonly string[] {
  const untold = new Set(all.flatMap((findings) => findings.untold.map(variantText)));
  return [
    ...[...untold]
      .filter((part) => !redundant.has(part))
      .map((part) => `nothing tells it from the property: ${part}`),
    ...[...redundant.keys()]
      .filter((part) => !untold.has(part))
      .map((part) => `it is listed as redundant, and is told or not there: ${part}`),
  ];
}
