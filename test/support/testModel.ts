/** Models that only tests need: the spec with bounds and calls of their own. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Expression,
  parseValue,
  runTlc,
  type TlaModule,
  type TlaValue,
  type TlcResult,
  type TlcTools,
} from "tla2tools-runner";
import { modelOf } from "../../verify/mediator/loadModel.js";
import type { Model } from "../../verify/mediator/model.js";
import { loadSpec } from "../../verify/model/loadSpec.js";
import { modelDirectory } from "../../verify/model/paths.js";
import type { Edit } from "../mutants/mutate.js";

export interface TestModel {
  /** Constants that differ from those of a hardened 1 x 2 model, as the cfg writes them. */
  readonly constants?: Readonly<Record<string, string>>;
  /** The calls, as a set in TLA+. */
  readonly calls: string;
  readonly invariants?: readonly string[];
  readonly properties?: readonly string[];
}

const CONSTANTS: Readonly<Record<string, string>> = {
  NumDomains: "= 1",
  VcpusPerDomain: "= 2",
  Fixes: "<- Hardened",
  Choices: "<- XenPostedChoices",
  VmToVm: "= TRUE",
  MyVersion: "= 101",
  SpCount: "= 2",
  RxRoom: "= 40",
  MappedAtStart: "= TRUE",
  Subscribers: "= 0",
  SpAnswers: "<- OkOnly",
  ShmLimit: "= 1",
  TxContents: "= {0}",
};

const MODULE = "MCNegotiation";
const { modules } = await loadSpec(modelDirectory, MODULE);

/** Writes the model into `directory`, beside copies of the modules that it needs. */
export function writeTestModel(directory: string, test: TestModel): Model {
  for (const name of readdirSync(modelDirectory).filter((file) => file.endsWith(".tla"))) {
    cpSync(join(modelDirectory, name), join(directory, name));
  }
  edit(join(directory, `${MODULE}.tla`), (text) => {
    return text.replace(/^={4,}$/m, `TestCalls ==\n    ${test.calls}\n$&`);
  });
  writeFileSync(join(directory, "Test.cfg"), cfgOf(test));
  return modelInMemory(test, directory);
}

/** The model that is written, or would be. */
export function modelInMemory(test: TestModel, directory = modelDirectory): Model {
  const entry = { name: "Test", module: MODULE, about: "of a test" };
  const all = [...modules, callsModule(parseValue(test.calls))];
  return modelOf({ ...entry, expect: { verdict: "holds" } }, directory, cfgOf(test), all);
}

/** The text of the cfg. */
export function cfgOf(test: TestModel): string {
  const constants = Object.entries({ ...CONSTANTS, ...test.constants });
  const lines = [
    "SPECIFICATION Spec",
    "CONSTANTS",
    ...constants.map(([name, value]) => `    ${name} ${value}`),
    "    Calls <- TestCalls",
    ...section("INVARIANTS", test.invariants),
    ...section("PROPERTIES", test.properties),
  ];
  return `${lines.join("\n")}\n`;
}

/** The texts of the spec's own modules, by name. */
export const specTexts: ReadonlyMap<string, string> = new Map(
  modules.map(({ name }) => [name, readFileSync(join(modelDirectory, `${name}.tla`), "utf8")]),
);

/** The module whose text an edit changes. @throws Error when the text is not there exactly once */
export function editedModule({ find }: Edit): string {
  const found = [...specTexts].flatMap(([name, text]) =>
    Array<string>(text.split(find).length - 1).fill(name),
  );
  if (found.length === 1) return found[0];
  throw new Error(`the text to replace is there ${found.length} times, not once:\n${find}`);
}

/** A module that defines TestCalls, as SANY would have it. */
function callsModule(calls: TlaValue): TlaModule {
  const place = { module: MODULE, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const treeOf = (value: TlaValue): Expression => {
    const at = { place, level: 0 } as const;
    switch (value.type) {
      case "int":
        return { kind: "number", value: Number(value.value), ...at };
      case "string":
        return { kind: "string", value: value.value, ...at };
      case "tuple":
      case "set":
        return {
          kind: "builtin",
          operator: value.type,
          operands: value.elements.map(treeOf),
          ...at,
        };
      default:
        throw new Error(`a call has no ${value.type}`);
    }
  };
  const definition = { name: "TestCalls", parameters: [], body: treeOf(calls), isRecursive: false };
  return {
    name: "TestCalls",
    sha256: "",
    extends: [],
    constants: [],
    variables: [],
    assumptions: [],
    definitions: [{ ...definition, level: 0, place }],
  };
}

const section = (title: string, names: readonly string[] = []): readonly string[] =>
  names.length === 0 ? [] : [title, ...names.map((name) => `    ${name}`)];

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

/** Runs TLC on a model; with `dump`, its state graph is written there. */
export function checkModel(model: Model, tools: TlcTools, dump?: string): Promise<TlcResult> {
  return runTlc({
    spec: model.specPath,
    config: model.cfgPath,
    tools,
    // A deadlock is for the invariants to name: a vCPU that waits for ever holds no verdict up.
    heapMegabytes: 512,
    timeoutSeconds: 300,
    isShort: true,
    ...(dump === undefined ? {} : { dump }),
  });
}
