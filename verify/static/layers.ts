/**
 * The layers of the project from the ground up: each folder with those that its files may import
 * besides their own folder. What is not named here is not allowed.
 *
 * Two of these matter most. The engine knows the operations of src/sync and no mediator, so that it
 * explores any protocol; and only verify/mediator knows the mediator in src/, so that another
 * implementation plugs in there and nowhere else.
 */

const BASE = ["verify/tla2tools-runner", "verify/support"];
const MEDIATOR = [...BASE, "verify/engine", "verify/model", "verify/spec", "verify/mediator"];
const TOOLS = ["verify/replay", "verify/explore", "verify/conform", "verify/traces"];

/** A folder, or a file that stands alone -> what it may import. Each names only rows before it. */
export const layers: ReadonlyMap<string, readonly string[]> = new Map([
  ["src/sync", []],
  ["src", ["src/sync"]],
  ["verify/tla2tools-runner", []],
  ["verify/support", ["verify/tla2tools-runner"]],
  ["verify/engine", ["src/sync", "verify/support"]],
  ["verify/model", BASE],
  ["verify/spec", [...BASE, "verify/engine"]],
  ["verify/mediator", ["src", "src/sync", ...BASE, "verify/engine", "verify/model", "verify/spec"]],
  ["verify/explain", MEDIATOR],
  ["verify/graph", [...BASE, "verify/model"]],
  ["verify/replay", [...MEDIATOR, "src/sync"]],
  ["verify/witness", [...MEDIATOR, "verify/replay"]],
  ["verify/conform", [...MEDIATOR, "src/sync", "verify/graph"]],
  ["verify/traces", [...MEDIATOR, "src/sync", "verify/graph"]],
  ["verify/explore", [...MEDIATOR, "verify/conform"]],
  ["verify/check", [...MEDIATOR, ...TOOLS]],
  ["verify/report", [...MEDIATOR, ...TOOLS, "verify/explain", "verify/check"]],
  ["verify/bench", [...MEDIATOR, "verify/conform", "verify/explore"]],
  ["verify/static", [...BASE, "verify/model", "verify/mediator"]],
  ["verify/mutants", [...BASE, "verify/model"]],
  [
    "verify/commands",
    [
      ...[...MEDIATOR, ...TOOLS, "src/sync"],
      ...["verify/explain", "verify/check", "verify/report", "verify/bench"],
    ],
  ],
  ["verify/cli.ts", ["verify/commands"]],
]);

/** The row that a file belongs to; undefined when it has none. */
export function layerOf(file: string): string | undefined {
  const rows = [...layers.keys()].filter((row) => file === row || file.startsWith(`${row}/`));
  return rows.toSorted((a, b) => b.length - a.length)[0];
}
