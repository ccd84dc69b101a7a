/** The root of the package, two folders above this file. */
const ROOT = new URL("../../", import.meta.url).href;

/**
 * The URL of a module of this package as it is compiled. Workers load no other; a module that runs
 * uncompiled, as in tests, gives the URL of its own source.
 */
export function compiledModule(url: string): string {
  if (!url.endsWith(".ts") || !url.startsWith(ROOT)) return url;
  return `${ROOT}dist/${url.slice(ROOT.length).replace(/\.ts$/, ".js")}`;
}
