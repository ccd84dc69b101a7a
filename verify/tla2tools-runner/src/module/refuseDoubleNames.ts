import type { Place } from "./Expression.js";
import type { TlaModule } from "./TlaModule.js";
import { unsupported } from "./unsupported.js";

/**
 * Two modules can define the same name: with LOCAL, which the trees do not keep, or with no more
 * than a warning of SANY. In trees that keep names as written, a name must mean one thing.
 *
 * @param files The files of the modules, by name.
 * @throws ToolError TLA_UNSUPPORTED at the second one.
 */
export function refuseDoubleNames(
  modules: readonly TlaModule[],
  files: ReadonlyMap<string, string>,
): void {
  const first = new Map<string, Place>();
  for (const { constants, variables, definitions } of modules) {
    for (const { name, place } of [...constants, ...variables, ...definitions]) {
      const other = first.get(name);
      if (other !== undefined) {
        const where = `${files.get(place.module) ?? place.module}:${place.line}:${place.column}`;
        throw unsupported(`${name} is defined in the module ${other.module} too`, where);
      }
      first.set(name, place);
    }
  }
}
