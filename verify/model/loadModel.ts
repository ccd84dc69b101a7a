/** A model of the manifest with its cfg read: what the implementation is configured as. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cfg, readCfg, type TlaValue } from "tla2tools-runner";
import type { Design, MediatorOptions, Policy } from "../../src/options.js";
import { wordFromModel } from "../correspondence/words.js";
import { VerifyError } from "../report/verifyError.js";
import type { ManifestEntry, Model } from "./model.js";
import { modelDirectory } from "./paths.js";
import { readCalls } from "./readCalls.js";

/** The module in which the sets of calls are defined. */
const CALLS_MODULE = "MCNegotiation";

/**
 * @throws VerifyError MODEL_FILE_MISSING, CONSTANT_MISSING, CALLS_UNREADABLE; ToolError CFG_SYNTAX
 */
export function loadModel(entry: ManifestEntry, directory = modelDirectory): Model {
  const specPath = join(directory, `${entry.module}.tla`);
  const cfgPath = join(directory, `${entry.name}.cfg`);
  const cfg = readCfg(readText(cfgPath, entry), cfgPath);
  const callsPath = join(directory, `${CALLS_MODULE}.tla`);
  const calls = readCalls(
    callsPath,
    readText(callsPath, entry),
    definitionOf(cfg, cfgPath, "Calls"),
  );
  return {
    ...entry,
    specPath,
    cfgPath,
    options: optionsOf(cfg, cfgPath),
    calls,
    invariants: cfg.invariants,
    properties: cfg.properties,
  };
}

function optionsOf(cfg: Cfg, path: string): MediatorOptions {
  const int = (name: string): number => Number(scalar(cfg, path, name, "int"));
  const string = (name: string): string => String(scalar(cfg, path, name, "string"));
  return {
    design: string("Design") as Design,
    policy: string("Policy") as Policy,
    version: wordFromModel(int("MyVersion")),
    vmToVm: scalar(cfg, path, "VmToVm", "boolean") === true,
    maxDomains: int("NumDomains"),
    maxVcpus: int("VcpusPerDomain"),
    securePartitions: Array.from({ length: int("SpCount") }, (_, i) => ({
      id: 0x8001 + i,
      executionContexts: 1,
      properties: 0,
    })),
    rxBytes: int("RxRoom"),
  };
}

function scalar(
  cfg: Cfg,
  path: string,
  name: string,
  type: "int" | "string" | "boolean",
): number | bigint | string | boolean {
  const constant = cfg.constants.get(name);
  if (constant === undefined || !("value" in constant)) throw missing(path, name);
  const value: TlaValue = constant.value;
  if (
    value.type === type &&
    (value.type === "int" || value.type === "string" || value.type === "boolean")
  ) {
    return value.value;
  }
  throw missing(path, name);
}

function definitionOf(cfg: Cfg, path: string, name: string): string {
  const constant = cfg.constants.get(name);
  if (constant !== undefined && "definition" in constant) return constant.definition;
  throw missing(path, name);
}

function missing(path: string, name: string): VerifyError {
  return new VerifyError({
    code: "CONSTANT_MISSING",
    what: `the cfg does not give the constant ${name} in the form that the tools need`,
    where: path,
    hint: "compare it with model/MC1x2.cfg",
  });
}

function readText(path: string, entry: ManifestEntry): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new VerifyError({
      code: "MODEL_FILE_MISSING",
      what: `a file of the model ${entry.name} is missing`,
      where: path,
      hint: "every entry of model/manifest.json needs a module and a cfg of its name",
    });
  }
}
