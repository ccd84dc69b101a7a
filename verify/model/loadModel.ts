/** A model of the manifest with its cfg read: what the implementation is configured as. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TlaValue } from "tla2tools-runner";
import type { Choices } from "../../src/choices.js";
import { designs, FIXES, type Fix } from "../../src/fixes.js";
import type { MediatorOptions } from "../../src/options.js";
import { type Preset, presets } from "../../src/presets.js";
import { wordFromModel } from "../correspondence/words.js";
import { VerifyError } from "../report/verifyError.js";
import type { ManifestEntry, Model } from "./model.js";
import { modelDirectory } from "./paths.js";
import { choicesName, tlaName, withoutName } from "./presetsModule.js";
import { readCalls } from "./readCalls.js";
import { type Cfg, readCfg } from "./readCfg.js";

/** The module in which the sets of calls are defined. */
const CALLS_MODULE = "MCNegotiation";

/** @throws VerifyError MODEL_FILE_MISSING, CFG_UNREADABLE, CONSTANT_MISSING, CALLS_UNREADABLE */
export function loadModel(entry: ManifestEntry, directory = modelDirectory): Model {
  const specPath = join(directory, `${entry.module}.tla`);
  const cfgPath = join(directory, `${entry.name}.cfg`);
  const cfg = readCfg(cfgPath, readText(cfgPath, entry));
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
  return {
    fixes: namedFixes(definitionOf(cfg, path, "Fixes"), path),
    choices: namedChoices(definitionOf(cfg, path, "Choices"), path),
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
    mappedAtStart: scalar(cfg, path, "MappedAtStart", "boolean") === true,
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

function namedFixes(name: string, path: string): readonly Fix[] {
  const design = Object.entries(designs).find(([design]) => tlaName(design) === name);
  if (design !== undefined) return design[1];
  const without = FIXES.find((fix) => withoutName(fix) === name);
  if (without === undefined) throw missing(path, "Fixes");
  return FIXES.filter((fix) => fix !== without);
}

function namedChoices(name: string, path: string): Choices {
  const preset = Object.entries<Preset>(presets).find(([preset]) => choicesName(preset) === name);
  if (preset === undefined) throw missing(path, "Choices");
  return preset[1].choices;
}
