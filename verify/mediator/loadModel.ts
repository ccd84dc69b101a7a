/** A model of the manifest with its cfg and its spec: what the implementation is configured as. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ParsedSpec,
  readCfg,
  type Theory,
  type TlaModule,
  type TlaValue,
} from "tla2tools-runner";
import { CHOICES, type Choices } from "../../src/choices.js";
import { FIXES, type Fix } from "../../src/fixes.js";
import { headerSize } from "../../src/messageHeader.js";
import { PROPERTY_TOLD_OF_VMS } from "../../src/partitionEntry.js";
import { VERSION_1_2 } from "../../src/versionWord.js";
import { loadSpec } from "../model/loadSpec.js";
import type { ManifestEntry } from "../model/manifestEntry.js";
import { modelDirectory } from "../model/paths.js";
import { constantValue, elementsInOrder } from "../spec/readConstant.js";
import { type SpecData, theoryOf } from "../spec/specData.js";
import { VerifyError } from "../support/verifyError.js";
import {
  callRegisters,
  DESCRIPTOR_SIZE,
  MODEL_UUID,
  type ModelCall,
  wordFromModel,
} from "./correspondence/words.js";
import type { Model, ModelOptions } from "./model.js";

/**
 * @throws VerifyError MODEL_FILE_MISSING, CONSTANT_UNREADABLE, SPEC_STALE
 * @throws ToolError CFG_SYNTAX; and when the spec must be parsed anew, as `parseModule`
 */
export async function loadModel(entry: ManifestEntry, directory = modelDirectory): Promise<Model> {
  const [model] = await loadModels([entry], directory);
  return model;
}

/** Models of one directory, in their order; what they have in common is read, or parsed, once. */
export function loadModels(
  entries: readonly ManifestEntry[],
  directory = modelDirectory,
): Promise<readonly Model[]> {
  const specs = new Map<string, Promise<ParsedSpec>>();
  const specOf = (module: string): Promise<ParsedSpec> => {
    const spec = specs.get(module) ?? loadSpec(directory, module);
    specs.set(module, spec);
    return spec;
  };
  return Promise.all(
    entries.map(async (entry) => {
      const text = readText(join(directory, `${entry.name}.cfg`), entry);
      const { modules } = await specOf(entry.module);
      return modelOf(entry, directory, text, modules);
    }),
  );
}

/**
 * The model that a cfg makes of parsed modules.
 *
 * @param cfgText What is, or will be, in the cfg of that name in `directory`.
 * @throws VerifyError CONSTANT_UNREADABLE; ToolError CFG_SYNTAX
 */
export function modelOf(
  entry: ManifestEntry,
  directory: string,
  cfgText: string,
  modules: readonly TlaModule[],
): Model {
  const specPath = join(directory, `${entry.module}.tla`);
  const cfgPath = join(directory, `${entry.name}.cfg`);
  const cfg = readCfg(cfgText, cfgPath);
  const spec: SpecData = { modules, constants: cfg.constants };
  const constants = new Constants(theoryOf(spec), cfgPath);
  return {
    ...entry,
    specPath,
    cfgPath,
    spec,
    options: constants.options(),
    calls: constants.calls(),
    specification: cfg.specification,
    checkDeadlock: cfg.checkDeadlock ?? true,
    invariants: cfg.invariants,
    properties: cfg.properties,
  };
}

/** The constants of a model as what the implementation takes. */
class Constants {
  constructor(
    private readonly theory: Theory,
    private readonly cfgPath: string,
  ) {}

  options(): ModelOptions {
    const subscribers = this.int("Subscribers");
    const rxBytes = this.int("RxRoom");
    return {
      fixes: this.fixes(),
      choices: this.choices(),
      version: wordFromModel(this.int("MyVersion")),
      vmToVm: this.truth("VmToVm"),
      maxDomains: this.int("NumDomains"),
      maxVcpus: this.int("VcpusPerDomain"),
      securePartitions: Array.from({ length: this.int("SpCount") }, (_, i) => ({
        id: 0x8001 + i,
        executionContexts: 1,
        // The first ones are told of VMs.
        properties: i < subscribers ? PROPERTY_TOLD_OF_VMS : 0,
        // The first one has a UUID, which calls of the model ask for.
        ...(i === 0 ? { uuid: MODEL_UUID } : {}),
      })),
      // What goes well comes first, as in the code.
      secureAnswers: this.ints("SpAnswers").sort((one, other) => other - one),
      maxShm: this.int("ShmLimit"),
      rxBytes,
      // A message that RX has no room for is in it.
      txBytes: Math.max(DESCRIPTOR_SIZE, headerSize(VERSION_1_2) + rxBytes),
      txContents: this.ints("TxContents"),
      mappedAtStart: this.truth("MappedAtStart"),
    };
  }

  calls(): readonly ModelCall[] {
    const expected = `a set of <<function, argument>>, of ${Object.keys(callRegisters).join(", ")}`;
    const elements = elementsInOrder(this.theory, "Calls") ?? [];
    const calls = elements.map((element) => callOf(element));
    if (calls.length === 0 || calls.includes(undefined)) throw this.unreadable("Calls", expected);
    return calls.filter((call) => call !== undefined);
  }

  private fixes(): readonly Fix[] {
    const value = this.value("Fixes");
    const names = value.type === "set" ? value.elements.map(stringOf) : [undefined];
    const isKnown = names.every((name) => FIXES.some((fix) => fix === name));
    if (!isKnown) throw this.unreadable("Fixes", `a set of ${FIXES.join(", ")}`);
    return FIXES.filter((fix) => names.includes(fix));
  }

  private choices(): Choices {
    const value = this.value("Choices");
    const fields = new Map(value.type === "record" ? value.fields : []);
    const chosen = Object.entries(CHOICES).map(([name, values]) => {
      const field = fields.get(name);
      const choice = values.find((each) => field !== undefined && each === stringOf(field));
      if (choice !== undefined) return [name, choice];
      throw this.unreadable("Choices", `a record in which ${name} is one of ${values.join(", ")}`);
    });
    return Object.fromEntries(chosen);
  }

  private int(name: string): number {
    const value = this.value(name);
    if (value.type === "int") return Number(value.value);
    throw this.unreadable(name, "a number");
  }

  private ints(name: string): number[] {
    const value = this.value(name);
    const elements = value.type === "set" ? value.elements : [];
    const numbers = elements.flatMap((each) => (each.type === "int" ? [Number(each.value)] : []));
    if (numbers.length > 0 && numbers.length === elements.length) return numbers;
    throw this.unreadable(name, "a set of numbers");
  }

  private truth(name: string): boolean {
    const value = this.value(name);
    if (value.type === "boolean") return value.value;
    throw this.unreadable(name, "TRUE or FALSE");
  }

  private value(name: string): TlaValue {
    const value = constantValue(this.theory, name);
    if (value === undefined) throw this.unreadable(name, "a value");
    return value;
  }

  private unreadable(name: string, expected: string): VerifyError {
    return new VerifyError({
      code: "CONSTANT_UNREADABLE",
      what: `the constant ${name} is not given in a form that the implementation can be set to`,
      where: this.cfgPath,
      expected,
      hint: "compare it with model/MC1x2.cfg and model/Presets.tla",
    });
  }
}

const stringOf = (value: TlaValue): string | undefined =>
  value.type === "string" ? value.value : undefined;

function callOf(value: TlaValue): ModelCall | undefined {
  if (value.type !== "tuple" || value.elements.length !== 2) return undefined;
  const [name, argument] = value.elements;
  if (name.type !== "string" || argument.type !== "int") return undefined;
  if (!Object.hasOwn(callRegisters, name.value)) return undefined;
  return { name: name.value, argument: Number(argument.value) };
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
