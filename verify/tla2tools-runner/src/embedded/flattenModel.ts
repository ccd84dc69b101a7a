import { formatValue } from "../value/formatValue.js";
import type { ModelCfg } from "./readCfg.js";
import { DIVISION_HELPERS, rewriteDivision } from "./rewriteDivision.js";
import { rewriteSelectSeq } from "./rewriteSelectSeq.js";
import type { Unit } from "./splitModule.js";
import { unsupported } from "./unsupported.js";

/** A model as the engine takes it: one module without EXTENDS of local ones, and a plain cfg. */
export interface FlatModel {
  readonly spec: string;
  readonly cfg: string;
  readonly invariants: readonly string[];
  /** Where the lines of `spec` come from, in rising order of `line`. */
  readonly origins: readonly { readonly line: number; readonly unit: Unit }[];
  /** Whether the model has assumptions, which are left out. */
  readonly hasAssumptions: boolean;
}

/** Names with which the engine does something else than TLC, and what that is. */
const REFUSED: Readonly<Record<string, string>> = {
  Nat: "its Nat ends at 100",
  Int: "its Int ends at 100",
  Real: "it knows no real numbers",
  STRING: "it does not know the set STRING",
  Infinity: "it knows no real numbers",
  INSTANCE: "it does not read modules that are instantiated",
  ENABLED: "it does not evaluate ENABLED as TLC does",
  RandomElement: "it draws other random elements",
  TLCGet: "it keeps other registers and statistics",
  TLCSet: "it keeps other registers and statistics",
  JavaTime: "it has another clock",
  Any: "it has another meaning there",
};

/**
 * Makes one module of the units that the invariants and the next-state relation need, and of no
 * others: what only properties use is of no concern to the engine.
 *
 * @throws ToolError EMBEDDED_UNSUPPORTED.
 */
export function flattenModel(units: readonly Unit[], cfg: ModelCfg, cfgFile: string): FlatModel {
  const definitions = definitionsByName(units);
  const { init, next } = initAndNext(cfg, definitions, cfgFile);
  for (const name of [init, next, ...cfg.invariants, ...cfg.replacements.values()]) {
    if (definitions.has(name)) continue;
    throw unsupported(`the configuration names ${name}, which is not defined`, cfgFile);
  }
  const needed = reachable([init, next, ...cfg.invariants], definitions, cfg.replacements);
  const used = [...definitions.values()].filter(({ name }) => needed.has(name));
  for (const unit of used) refuseNames(unit);
  const constants = declaredNames(units, "constants").filter((name) => !cfg.replacements.has(name));
  const module = emit(units, used, constants, needed, cfg);
  return {
    ...module,
    cfg: emitCfg(init, next, cfg),
    invariants: cfg.invariants,
    hasAssumptions: units.some((unit) => unit.kind === "assume"),
  };
}

function definitionsByName(units: readonly Unit[]): Map<string, Unit> {
  const byName = new Map<string, Unit>();
  for (const unit of units) {
    if (unit.kind !== "definition") continue;
    const where = `${unit.file}:${unit.line}:1`;
    if (byName.has(unit.name)) throw unsupported(`${unit.name} is defined twice`, where);
    byName.set(unit.name, unit);
  }
  return byName;
}

function initAndNext(
  cfg: ModelCfg,
  definitions: ReadonlyMap<string, Unit>,
  cfgFile: string,
): { init: string; next: string } {
  const { init, next, specification } = cfg;
  if (init !== undefined && next !== undefined) return { init, next };
  const unit = definitions.get(specification ?? "");
  if (unit === undefined) throw unsupported("the configuration names no specification", cfgFile);
  const words = unit.tokens.map((token) => token.text).join(" ");
  const [, specInit, specNext] = /== (?:\/\\ )?(\w+) \/\\ \[\] \[ (\w+) \] _/.exec(words) ?? [];
  if (specInit !== undefined && specNext !== undefined) return { init: specInit, next: specNext };
  const where = `${unit.file}:${unit.line}:1`;
  throw unsupported(`${unit.name} is not of the form Init /\\ [][Next]_vars /\\ …`, where);
}

function reachable(
  roots: readonly string[],
  definitions: ReadonlyMap<string, Unit>,
  replacements: ReadonlyMap<string, string>,
): Set<string> {
  const found = new Set<string>();
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const replacement = replacements.get(name);
    if (replacement !== undefined) open.push(replacement);
    else open.push(...(definitions.get(name)?.tokens.map((token) => token.text) ?? []));
  }
  return found;
}

function refuseNames(unit: Unit): void {
  for (const token of unit.tokens) {
    const reason = Object.hasOwn(REFUSED, token.text) ? REFUSED[token.text] : undefined;
    if (reason === undefined || token.kind !== "word") continue;
    const where = `${unit.file}:${token.line}:${token.column}`;
    throw unsupported(`${unit.name} uses ${token.text}, and ${reason}`, where);
  }
}

function declaredNames(units: readonly Unit[], kind: "constants" | "variables"): string[] {
  return units
    .filter((unit) => unit.kind === kind)
    .flatMap((unit) => {
      const operator = unit.tokens.find((token) => token.text === "(");
      if (operator === undefined) {
        return unit.tokens.slice(1).filter((token) => token.kind === "word");
      }
      const where = `${unit.file}:${operator.line}:${operator.column}`;
      throw unsupported("a constant is an operator with parameters", where);
    })
    .map((token) => token.text);
}

function emit(
  units: readonly Unit[],
  used: readonly Unit[],
  constants: readonly string[],
  needed: ReadonlySet<string>,
  { replacements }: ModelCfg,
): Pick<FlatModel, "spec" | "origins"> {
  const origins: { line: number; unit: Unit }[] = [];
  const lines = [
    "---- MODULE Embedded ----",
    "EXTENDS Integers, Sequences, FiniteSets, TLC",
    ...(constants.length === 0 ? [] : [`CONSTANTS ${constants.join(", ")}`]),
    `VARIABLES ${declaredNames(units, "variables").join(", ")}`,
    ...DIVISION_HELPERS.split("\n"),
    ...units
      .filter((unit) => unit.kind === "recursive")
      .filter((unit) => unit.tokens.some((token) => needed.has(token.text)))
      .flatMap((unit) => unit.text.split("\n")),
    ...[...replacements].map(([name, by]) => `${name} == ${by}`),
  ];
  for (const unit of used) {
    if (replacements.has(unit.name)) continue;
    origins.push({ line: lines.length + 1, unit });
    lines.push(...rewriteSelectSeq(rewriteDivision(unit)).text.split("\n"));
  }
  return { spec: [...lines, "====", ""].join("\n"), origins };
}

function emitCfg(init: string, next: string, cfg: ModelCfg): string {
  return [
    `INIT ${init}`,
    `NEXT ${next}`,
    ...cfg.invariants.map((name) => `INVARIANT ${name}`),
    ...[...cfg.values].map(([name, value]) => `CONSTANT ${name} = ${formatValue(value)}`),
    "",
  ].join("\n");
}
