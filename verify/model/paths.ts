/** Where things are: found from this file, so that the tools work from any directory. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the package: the nearest directory above that has a package.json and a model/. */
export const projectRoot: string = (() => {
  let at = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(at, "package.json")) || !existsSync(join(at, "model"))) {
    const above = dirname(at);
    if (above === at) throw new Error("the package has lost its model directory");
    at = above;
  }
  return at;
})();

export const modelDirectory: string = join(projectRoot, "model");
/**
 * What a command needs to find the models of another directory again: ` --models DIR`, or
 * nothing.
 */
export const modelsFlag = (cfgPath: string): string =>
  dirname(cfgPath) === modelDirectory ? "" : ` --models "${dirname(cfgPath)}"`;

export const coreModule = "FfaMediator";
