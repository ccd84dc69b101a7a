/** Models that only tests need: FfaMediator, perhaps edited, with bounds and calls of their own. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runTlc, type TlcResult, type TlcTools } from "tla2tools-runner";
import { loadModel } from "../../verify/mediator/loadModel.js";
import type { Model } from "../../verify/mediator/model.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { QUICK_JAVA } from "./tlc.js";

export interface TestModel {
  /** Constants that differ from those of a hardened 1 x 2 model, as the cfg writes them. */
  readonly constants?: Readonly<Record<string, string>>;
  /** The calls, as a set in TLA+. */
  readonly calls: string;
  readonly invariants?: readonly string[];
  readonly properties?: readonly string[];
  /** Changes the text of FfaMediator.tla. */
  readonly edit?: (text: string) => string;
}

const CONSTANTS: Readonly<Record<string, string>> = {
  NumDomains: "1",
  VcpusPerDomain: "2",
  Design: '"hardened"',
  Policy: '"always-mine"',
  VmToVm: "TRUE",
  MyVersion: "101",
  SpCount: "1",
  RxRoom: "16",
};

/** Writes the model into `directory`, beside copies of the modules that it needs. */
export function writeTestModel(directory: string, test: TestModel): Model {
  for (const name of readdirSync(modelDirectory).filter((file) => file.endsWith(".tla"))) {
    cpSync(join(modelDirectory, name), join(directory, name));
  }
  edit(join(directory, "FfaMediator.tla"), test.edit ?? ((text) => text));
  edit(join(directory, "MCNegotiation.tla"), (text) => {
    return text.replace(/^={4,}$/m, `TestCalls ==\n    ${test.calls}\n$&`);
  });
  const constants = Object.entries({ ...CONSTANTS, ...test.constants });
  const lines = [
    "SPECIFICATION Spec",
    "CONSTANTS",
    ...constants.map(([name, value]) => `    ${name} = ${value}`),
    "    Calls <- TestCalls",
    ...section("INVARIANTS", test.invariants),
    ...section("PROPERTIES", test.properties),
  ];
  writeFileSync(join(directory, "Test.cfg"), `${lines.join("\n")}\n`);
  const entry = { name: "Test", module: "MCNegotiation", about: "of a test" };
  return loadModel({ ...entry, expect: { verdict: "holds" } }, directory);
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
    timeoutSeconds: 60,
    jvmArguments: QUICK_JAVA,
    ...(dump === undefined ? {} : { dump }),
  });
}
