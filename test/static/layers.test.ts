/** The layers as data: an order, with a row for every file. */
import { expect, test } from "vitest";
import { projectRoot } from "../../verify/model/paths.js";
import { loadFiles } from "../../verify/static/checkedProject.js";
import { layerOf, layers } from "../../verify/static/layers.js";
import { codeFiles } from "../../verify/static/texts.js";

test("each row names only rows before it, so that no two layers know each other", () => {
  const rows = [...layers.keys()];
  for (const [row, allowed] of layers) {
    const before = rows.slice(0, rows.indexOf(row));
    expect(allowed.filter((name) => !before.includes(name))).toEqual([]);
  }
});

test("every file has a layer, and every layer a file", () => {
  const files = codeFiles(loadFiles(projectRoot)).map(([file]) => file);
  expect(files.filter((file) => layerOf(file) === undefined)).toEqual([]);
  expect(new Set(files.map(layerOf))).toEqual(new Set(layers.keys()));
});

test("the row of a file is the nearest folder's", () => {
  expect(layerOf("src/sync/execute.ts")).toBe("src/sync");
  expect(layerOf("src/mediator.ts")).toBe("src");
  expect(layerOf("verify/mediator/checks/monitor.ts")).toBe("verify/mediator");
  expect(layerOf("verify/mediators/monitor.ts")).toBeUndefined();
});
