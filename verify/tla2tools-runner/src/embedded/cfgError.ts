import type { Cfg } from "../cfg/readCfg.js";
import { ToolError } from "../support/ToolError.js";

/** The error for a name in a configuration file that the modules do not bear out. */
export function cfgError(cfg: Cfg, name: string | undefined, what: string): ToolError {
  return new ToolError({
    code: "CFG_NAME",
    what,
    where: (name !== undefined && cfg.places.get(name)) || `${cfg.file}:1:1`,
    hint: "Name what the module defines, and give a value to each of its constants.",
  });
}
