import type { Cfg } from "../cfg/readCfg.js";
import type { BehaviorNames } from "../evaluate/action/readSpecification.js";
import { type OpenModel, openModel } from "../evaluate/openModel.js";
import type { ParsedSpec } from "../module/parseModule.js";
import { cfgError } from "./cfgError.js";

/**
 * Opens the model that a cfg makes of parsed modules.
 *
 * @throws ToolError CFG_NAME for a constant without a value, and for a name that is not there;
 *   TLA_EVALUATION as `openModel` does.
 */
export function openCfg(
  spec: Pick<ParsedSpec, "modules">,
  cfg: Cfg,
  options: {
    readonly files?: ReadonlyMap<string, string>;
    readonly print?: (line: string) => void;
  } = {},
): OpenModel {
  const declared = new Set(
    spec.modules.flatMap(({ constants }) => constants.map(({ name }) => name)),
  );
  const defined = new Set(
    spec.modules.flatMap(({ definitions }) => definitions.map(({ name }) => name)),
  );
  for (const name of declared) {
    if (!cfg.constants.has(name)) throw cfgError(cfg, name, `the constant ${name} has no value`);
  }
  for (const [name, constant] of cfg.constants) {
    if (!declared.has(name) && !defined.has(name) && !isStandard(name)) {
      throw cfgError(cfg, name, `there is no constant ${name}`);
    }
    if ("definition" in constant) requireDefined(constant.definition, defined, cfg);
  }
  const { specification, init, next } = cfg;
  const names = [specification, init, next, ...cfg.invariants, ...cfg.properties];
  for (const name of [...names, ...cfg.constraints, ...cfg.actionConstraints]) {
    if (name !== undefined) requireDefined(name, defined, cfg);
  }
  return openModel({ ...spec, constants: cfg.constants, ...behaviorOf(cfg), ...options });
}

/** Operators of standard modules can be replaced as well. */
const isStandard = (name: string): boolean => ["Nat", "Int", "Seq"].includes(name);

function requireDefined(name: string, defined: ReadonlySet<string>, cfg: Cfg): void {
  if (!defined.has(name)) throw cfgError(cfg, name, `${name} is not defined`);
}

function behaviorOf(cfg: Cfg): BehaviorNames {
  const { specification, init, next } = cfg;
  if (specification !== undefined) return { specification };
  if (init !== undefined && next !== undefined) return { init, next };
  throw cfgError(cfg, undefined, "the cfg names neither a SPECIFICATION nor INIT and NEXT");
}
