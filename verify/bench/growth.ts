/** How the cost grows with domains and vCPUs: as far as the time reaches, the explorer and TLC. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runTlc, type TlcTools, withTemporaryDirectory } from "tla2tools-runner";
import { explore } from "../engine/explore.js";
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import { modelDirectory } from "../model/paths.js";
import { VerifyError } from "../support/verifyError.js";

/** A size, and what each of the two made of it; undefined where there was no time left. */
export interface GrowthRow {
  readonly domains: number;
  readonly vcpus: number;
  readonly explorer: GrowthCell;
  readonly tlc: GrowthCell | undefined;
}

export interface GrowthCell {
  readonly complete: boolean;
  readonly distinct: number;
  readonly generated: number;
  readonly seconds: number;
}

export interface GrowthOptions {
  /** For the whole table. */
  readonly seconds: number;
  /** Bytes that one exploration may take. */
  readonly memoryLimit: number;
  readonly workers: number;
  readonly tools?: TlcTools;
  readonly signal?: AbortSignal;
  readonly onRow?: (row: GrowthRow) => void;
}

const SIZES = [1, 2, 3, 4];

/** The share of the time that is left which one size may take, of each of the two. */
const SHARE = 0.2;

/** Small sizes first. After TLC has not come to an end it is not asked for larger ones. */
export async function measureGrowth(
  model: Model,
  options: GrowthOptions,
): Promise<readonly GrowthRow[]> {
  const end = performance.now() + 1000 * options.seconds;
  const sizes = SIZES.flatMap((domains) => SIZES.map((vcpus) => ({ domains, vcpus })));
  const rows: GrowthRow[] = [];
  let tlcGoesOn = true;
  for (const { domains, vcpus } of sizes.toSorted((a, b) => weightOf(a) - weightOf(b))) {
    const share = (SHARE * (end - performance.now())) / 1000;
    if (share < 1 || options.signal?.aborted) break;
    const explorer = await explored(model, domains, vcpus, share, options);
    const tlc: GrowthCell | undefined = tlcGoesOn
      ? await checked(model, domains, vcpus, share, options)
      : undefined;
    tlcGoesOn &&= tlc?.complete === true;
    const row: GrowthRow = { domains, vcpus, explorer, tlc };
    rows.push(row);
    options.onRow?.(row);
  }
  return rows;
}

const weightOf = ({ domains, vcpus }: { domains: number; vcpus: number }): number =>
  domains * (vcpus + 1);

async function explored(
  model: Model,
  domains: number,
  vcpus: number,
  secondsLimit: number,
  { memoryLimit, workers, signal }: GrowthOptions,
): Promise<GrowthCell> {
  const { outcome, distinct, generated, seconds } = await explore(
    systemOf(model, { domains, vcpus }),
    {
      invariants: [...model.invariants, ...model.properties],
      secondsLimit,
      memoryLimit,
      workers,
      ...(signal && { signal }),
    },
  );
  return { complete: outcome.kind === "holds", distinct, generated, seconds };
}

async function checked(
  model: Model,
  domains: number,
  vcpus: number,
  timeoutSeconds: number,
  { workers, tools, signal }: GrowthOptions,
): Promise<GrowthCell> {
  return withTemporaryDirectory("ffa-bench-", process.env, async (directory) => {
    // TLC looks for a cfg beside the module.
    cpSync(modelDirectory, directory, { recursive: true });
    const config = join(directory, "growth.cfg");
    writeFileSync(config, resized(readFileSync(model.cfgPath, "utf8"), domains, vcpus));
    const { verdict, distinct, generated, seconds } = await runTlc({
      spec: join(directory, basename(model.specPath)),
      config,
      workers,
      timeoutSeconds,
      ...(tools && { tools }),
      ...(signal && { signal }),
    });
    if (verdict.kind !== "holds" && verdict.kind !== "timed-out" && verdict.kind !== "killed") {
      throw new VerifyError({
        code: "COUNTS_DIFFER",
        what: `TLC ends with ${verdict.kind} on ${model.name} with ${domains} x ${vcpus} actors`,
        found: verdict.message,
        hint: `ffa-verify check ${model.name}`,
      });
    }
    return { complete: verdict.kind === "holds", distinct, generated, seconds };
  });
}

const resized = (cfg: string, domains: number, vcpus: number): string =>
  cfg.replace(/(NumDomains = )\d+/, `$1${domains}`).replace(/(VcpusPerDomain = )\d+/, `$1${vcpus}`);
