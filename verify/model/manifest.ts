/** Reads model/manifest.json and answers for the names in it. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { didYouMean, nearestNames } from "../support/nearest.js";
import { VerifyError } from "../support/verifyError.js";
import type { ManifestEntry } from "./manifestEntry.js";
import { modelDirectory } from "./paths.js";

const count = z.int().nonnegative();

/** What `verdict` makes necessary. */
const pinsOf = (
  verdict: string,
): readonly ("generated" | "distinct" | "depth" | "traceLength")[] =>
  verdict === "holds" ? ["generated", "distinct", "depth"] : ["traceLength"];

const expectation = z
  .strictObject({
    verdict: z.enum(["holds", "invariant", "action-property", "temporal-property", "deadlock"]),
    violates: z.string().optional(),
    traceLength: count.optional(),
    generated: count.optional(),
    distinct: count.optional(),
    depth: count.optional(),
  })
  .refine((e) => pinsOf(e.verdict).every((pinned) => e[pinned] !== undefined), {
    error: "a model that holds pins its counts, one that must fail the length of its trace",
  });

const entry = z.strictObject({
  name: z.string().regex(/^MC\w+$/, "a name such as MC1x2 expected"),
  module: z.string(),
  about: z.string(),
  expect: expectation,
  conform: z.enum(["always", "full"]).optional(),
  larger: z.string().optional(),
  digest: z.boolean().optional(),
  tlcAlone: z.boolean().optional(),
  full: z.boolean().optional(),
  hazard: z.string().optional(),
  neverTaken: z.array(z.string()).optional(),
  unchecked: z.record(z.string(), z.string().min(1)).optional(),
  without: z.string().optional(),
  breaks: z.record(z.string(), count).optional(),
});

const manifest = z.strictObject({ about: z.string(), models: z.array(entry).min(1) });

/**
 * The models of the project, in the order of the manifest.
 *
 * @throws VerifyError MANIFEST_INVALID
 */
export function readManifest(directory = modelDirectory): readonly ManifestEntry[] {
  const path = join(directory, "manifest.json");
  const parsed = manifest.safeParse(readJson(path));
  if (parsed.success) return parsed.data.models as readonly ManifestEntry[];
  const [issue] = parsed.error.issues;
  throw new VerifyError({
    code: "MANIFEST_INVALID",
    what: "the manifest of the models does not have the form that the tools read",
    where: `${path}: ${issue.path.join(".") || "(top)"}`,
    found: issue.message,
    hint: "compare the entry with those beside it",
  });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new VerifyError({
      code: "MANIFEST_INVALID",
      what: "the manifest of the models cannot be read",
      where: path,
      found: (cause as Error).message,
      hint: "a directory of models has a manifest.json; restore it, or name another directory",
    });
  }
}

/**
 * The entry of a name.
 *
 * @param directory Where the manifest is, for the message.
 * @throws VerifyError MODEL_UNKNOWN
 */
export function findEntry(
  entries: readonly ManifestEntry[],
  name: string,
  directory = modelDirectory,
): ManifestEntry {
  const found = entries.find((e) => e.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const names = entries.map((e) => e.name);
  throw new VerifyError({
    code: "MODEL_UNKNOWN",
    what: `there is no model named ${name}`,
    where: join(directory, "manifest.json"),
    expected: names.join(", "),
    found: name,
    hint:
      didYouMean(nearestNames(name, names, "MC")) ??
      "name one of these, or add an entry to the manifest",
  });
}

interface Named {
  readonly name: string;
  readonly cfgPath: string;
}

/** The line of the manifest on which a model's entry has its name: `path:line:column`. */
export function manifestPlace({ name, cfgPath }: Named): string {
  const path = join(dirname(cfgPath), "manifest.json");
  const text = readFileSync(path, "utf8");
  const before = text.slice(0, text.search(`"name"\\s*:\\s*"${name}"`)).split("\n");
  return `${path}:${before.length}:${before[before.length - 1].length + 1}`;
}
