/** Checks one model with TLC or with the embedded engine, and compares with the manifest. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type EmbeddedResult,
  formatLocation,
  loopOf,
  readCfg,
  runEmbedded,
  runTlc,
  type TlaState,
  type TlcProgress,
  type TlcResult,
  type TlcTools,
  type TlcVerdict,
} from "tla2tools-runner";
import type { Model } from "../mediator/model.js";
import { isShort } from "../model/manifestEntry.js";
import { verdictText } from "../model/verdictText.js";
import { VerifyError } from "../support/verifyError.js";
import { throwIfNoAnswer, throwIfUnread } from "./engineFailure.js";

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

export interface CheckOutcome {
  readonly model: Model;
  readonly engine: Engine;
  /** The engine as it names itself: `TLC 2.18`, `embedded engine`. */
  readonly engineName: string;
  /** The kind, and the invariant or property that is violated. */
  readonly verdict: string;
  readonly message: string | undefined;
  readonly generated: number;
  readonly distinct: number;
  readonly depth: number;
  readonly initialStates: number;
  /** Steps of each action; undefined unless asked for. */
  readonly byAction?: ReadonlyMap<string, number>;
  readonly seconds: number;
  readonly trace: readonly TlaState[];
  /** Of a counterexample that goes on for ever, the index of the state behind its last one. */
  readonly loop: number | undefined;
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
    // Java does better without its second compiler then.
    isShort: isShort(model),
    ...(tools ? { tools } : {}),
    ...(heapMegabytes ? { heapMegabytes } : {}),
    ...(timeoutSeconds ? { timeoutSeconds } : {}),
    ...(dump ? { dump } : {}),
    ...(coverage ? { coverage } : {}),
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  const { version = "of unknown version" } = result;
  return {
    ...outcomeOf(model, result, result.reproduce),
    engine: "tlc",
    engineName: `TLC ${/\d+\.\d+/.exec(version)?.[0] ?? version}`,
    dump: result.dump,
    loop: loopOf(result.lasso),
    ...(coverage ? { byAction: stepsByAction(result) } : {}),
    notChecked: [],
  };
}

/** What both engines say in the same way. */
function outcomeOf(
  model: Model,
  result: TlcResult | EmbeddedResult,
  reproduce: string,
): Omit<CheckOutcome, "engine" | "engineName" | "dump" | "loop" | "notChecked"> {
  const { verdict, generated, distinct, depth, initialStates, seconds, output } = result;
  throwIfNoAnswer(model, { verdict, reproduce });
  const place = verdict.kind === "holds" ? undefined : placeOf(verdict);
  const said = verdictText(verdict.kind, nameOf(verdict, model));
  throwIfUnread(result.trace, { verdict: said, reproduce });
  return {
    model,
    verdict: said,
    message:
      verdict.kind === "holds"
        ? undefined
        : [verdict.message, place].filter(Boolean).join("\n  at "),
    generated,
    distinct,
    depth,
    initialStates,
    seconds,
    trace: result.trace.map(({ state }) => state),
    output,
    reproduce,
  };
}

function stepsByAction({ coverage }: TlcResult | EmbeddedResult): ReadonlyMap<string, number> {
  const steps = coverage.filter(({ kind, generated }) => kind === "next" && generated > 0);
  return new Map(steps.map(({ name, generated }) => [name, generated]));
}

async function checkEmbedded(model: Model, options: CheckOptions): Promise<CheckOutcome> {
  if (model.tlcAlone === true) throw needsTlc(model);
  const { timeoutSeconds, signal, coverage, onProgress } = options;
  const directory = dirname(model.specPath);
  const { spec } = model;
  const files = spec.modules.map(({ name }) => [name, join(directory, `${name}.tla`)] as const);
  const result = await runEmbedded({
    spec,
    cfg: readCfg(readFileSync(model.cfgPath, "utf8"), model.cfgPath),
    files: new Map(files),
    ...(timeoutSeconds ? { timeoutSeconds } : {}),
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  return {
    ...outcomeOf(model, result, `npx ffa-verify check ${model.name} --engine embedded`),
    engine: "embedded",
    engineName: "embedded engine",
    dump: undefined,
    loop: undefined,
    ...(coverage ? { byAction: stepsByAction(result) } : {}),
    notChecked: result.notChecked,
  };
}

function needsTlc(model: Model): VerifyError {
  return new VerifyError({
    code: "NOT_POSSIBLE_EMBEDDED",
    what: `${model.name} is a model that TLC alone checks`,
    where: model.specPath,
    found: [...model.invariants, ...model.properties].join(", "),
    hint: "leave --engine out, where there are Java 11 or later and the jar of TLC",
  });
}

/** What TLC says in place of a name: where in the text that is which does not hold. */
const PLACE = /^line \d+, col \d+ to line \d+, col \d+ of module \w+$/;

/**
 * TLC names no property of whole behaviors, and none that is said in an INSTANCE. Where the cfg
 * has one property only, it is that one.
 */
function nameOf(verdict: TlcVerdict, { properties }: Model): string | undefined {
  if (verdict.kind !== "temporal-property" && verdict.kind !== "action-property") {
    return "name" in verdict ? verdict.name : undefined;
  }
  const said = verdict.kind === "temporal-property" ? verdict.names.join(" ") : verdict.name;
  if (said !== "" && !PLACE.test(said)) return said;
  return properties.length === 1 ? properties[0] : said || undefined;
}

function placeOf({ location }: Exclude<TlcVerdict, { kind: "holds" }>): string | undefined {
  return location === undefined ? undefined : formatLocation(location);
}
