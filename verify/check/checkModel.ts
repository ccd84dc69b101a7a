/** Checks one model with TLC or with the embedded engine, and compares with the manifest. */
import {
  formatLocation,
  runEmbedded,
  runTlc,
  type TlaState,
  type TlcProgress,
  type TlcResult,
  type TlcTools,
  type TlcVerdict,
} from "tla2tools-runner";
import type { Model } from "../mediator/model.js";
import type { Expectation } from "../model/manifestEntry.js";
import { throwIfNoAnswer } from "./engineFailure.js";

export type Engine = "tlc" | "embedded";

export interface CheckOptions {
  readonly engine: Engine;
  /** What TLC runs with; not needed for the embedded engine. */
  readonly tools?: TlcTools | undefined;
  readonly workers?: number;
  readonly heapMegabytes?: number | undefined;
  readonly timeoutSeconds?: number | undefined;
  /** Count the steps of each action; costs time. */
  readonly coverage?: boolean;
  /** Where TLC writes the state graph; not written without it. */
  readonly dump?: string;
  /** Ends the run when it aborts. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: TlcProgress) => void;
}

/** One thing that the manifest pins and the run does not show. */
export interface ManifestDifference {
  readonly what: "verdict" | "generated" | "distinct" | "depth" | "traceLength";
  readonly expected: string | number;
  readonly found: string | number;
}

export interface CheckOutcome {
  readonly model: Model;
  readonly engine: Engine;
  /** The engine as it names itself: `TLC2 Version 2.18 ...`, `tla-checker 0.9.0`. */
  readonly engineName: string;
  /** The kind, and the invariant or property that is violated. */
  readonly verdict: string;
  readonly message: string | undefined;
  /** Where the manifest and the outcome differ; empty when all is as expected. */
  readonly differences: readonly ManifestDifference[];
  /** Undefined where the engine does not count. */
  readonly generated: number | undefined;
  readonly distinct: number;
  readonly depth: number | undefined;
  readonly initialStates: number;
  /** Steps of each action; undefined unless asked for. */
  readonly byAction?: ReadonlyMap<string, number>;
  readonly seconds: number;
  readonly trace: readonly TlaState[];
  readonly dump: string | undefined;
  /** What the model itself printed. */
  readonly output: readonly string[];
  readonly notChecked: readonly string[];
  /** The command of the engine itself. */
  readonly reproduce: string;
}

/** @throws ToolError, as the runner of the engine does; VerifyError when there is no answer */
export function checkModel(model: Model, options: CheckOptions): Promise<CheckOutcome> {
  return options.engine === "tlc" ? checkWithTlc(model, options) : checkEmbedded(model, options);
}

async function checkWithTlc(model: Model, options: CheckOptions): Promise<CheckOutcome> {
  const {
    tools,
    workers = 1,
    heapMegabytes,
    timeoutSeconds,
    dump,
    coverage,
    signal,
    onProgress,
  } = options;
  const result = await runTlc({
    spec: model.specPath,
    config: model.cfgPath,
    workers,
    ...(tools ? { tools } : {}),
    ...(heapMegabytes ? { heapMegabytes } : {}),
    ...(timeoutSeconds ? { timeoutSeconds } : {}),
    ...(dump ? { dump } : {}),
    ...(coverage ? { coverage } : {}),
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  throwIfNoAnswer(model, result);
  const { verdict, generated, distinct, depth } = result;
  const found = { kind: verdict.kind, name: nameOf(verdict), generated, distinct, depth };
  const traceLength = result.trace.length;
  const place = verdict.kind === "holds" ? undefined : placeOf(verdict);
  return {
    model,
    engine: "tlc",
    engineName: `TLC ${/\d+\.\d+/.exec(result.version ?? "")?.[0] ?? "of unknown version"}`,
    verdict: verdictText(verdict.kind, nameOf(verdict)),
    message:
      verdict.kind === "holds"
        ? undefined
        : [verdict.message, place].filter(Boolean).join("\n  at "),
    differences: differences(model.expect, { ...found, traceLength }),
    generated,
    distinct,
    depth,
    initialStates: result.initialStates,
    seconds: result.seconds,
    trace: result.trace.map(({ state }) => state),
    dump: result.dump,
    output: result.output,
    ...(coverage ? { byAction: stepsByAction(result) } : {}),
    notChecked: [],
    reproduce: result.reproduce,
  };
}

function stepsByAction({ coverage }: TlcResult): ReadonlyMap<string, number> {
  const steps = coverage.filter(({ kind, generated }) => kind === "next" && generated > 0);
  return new Map(steps.map(({ name, generated }) => [name, generated]));
}

async function checkEmbedded(model: Model, options: CheckOptions): Promise<CheckOutcome> {
  const result = await runEmbedded({
    spec: model.specPath,
    config: model.cfgPath,
    ...(options.timeoutSeconds ? { timeoutSeconds: options.timeoutSeconds } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const { verdict, distinct, trace } = result;
  const name = verdict.kind === "invariant" ? verdict.name : undefined;
  const found = { kind: verdict.kind, name, distinct, traceLength: trace.length };
  return {
    model,
    engine: "embedded",
    engineName: `${result.engineName} ${result.engineVersion}`,
    verdict: verdictText(verdict.kind, name),
    message: verdict.kind === "holds" ? undefined : verdict.message,
    differences: differences(model.expect, found),
    generated: undefined,
    distinct,
    depth: undefined,
    initialStates: 1,
    seconds: result.seconds,
    trace,
    dump: undefined,
    output: [],
    notChecked: result.notChecked,
    reproduce: `npx ffa-verify check ${model.name} --engine embedded`,
  };
}

interface Found {
  readonly kind: string;
  readonly name: string | undefined;
  readonly generated?: number;
  readonly distinct: number;
  readonly depth?: number;
  readonly traceLength: number;
}

function differences(expect: Expectation, found: Found): readonly ManifestDifference[] {
  const expected = verdictText(expect.verdict, expect.violates);
  const actual = verdictText(found.kind, found.name);
  if (expected !== actual) return [{ what: "verdict", expected, found: actual }];
  const pinned =
    expect.verdict === "holds"
      ? (["generated", "distinct", "depth"] as const)
      : (["traceLength"] as const);
  return pinned.flatMap((what) => {
    const [wanted, got] = [expect[what] ?? 0, found[what]];
    return got === undefined || got === wanted ? [] : [{ what, expected: wanted, found: got }];
  });
}

function nameOf(verdict: TlcVerdict): string | undefined {
  if (verdict.kind === "invariant" || verdict.kind === "action-property") return verdict.name;
  return verdict.kind === "temporal-property" ? verdict.names.join(" ") : undefined;
}

function placeOf({ location }: Exclude<TlcVerdict, { kind: "holds" }>): string | undefined {
  return location === undefined ? undefined : formatLocation(location);
}

const verdictText = (kind: string, name: string | undefined): string =>
  name === undefined ? kind : `${kind} ${name}`;
