/** What is shown of a difference, and what `--json` says of it. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { conformJson } from "../../verify/commands/json.js";
import { conformModel } from "../../verify/conform/conformModel.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { readManifest } from "../../verify/model/manifest.js";
import { createMachine } from "../../verify/replay/machine.js";
import { formatDifference } from "../../verify/report/differenceView.js";
import { dumpText } from "../support/graphDump.js";
import { temporaryDirectory } from "../support/temporary.js";

const [entry] = readManifest().filter(({ name }) => name === "MCH6");
const model = await loadModel(entry);
const directory = temporaryDirectory();

test.each([
  ["newer", 'GiveRx(<<1, 0>>,"a\\"b"), behind', '<<1, 0>>,"a\\"b"'],
  ["2.18", "GiveRx, behind", null],
] as const)(
  "the parameters of the model's step as TLC %s gives them",
  (form, shown, parameters) => {
    const text = createMachine(systemOf(model)).initial;
    const dump = join(directory, "graph.dot");
    writeFileSync(
      dump,
      dumpText(
        [
          { kind: "state", id: 0, text },
          { kind: "edge", from: 0, to: 1, action: "GiveRx", first: true },
          { kind: "state", id: 1, text },
        ],
        form,
      ),
    );
    const outcome = conformModel(model, dump);
    expect(formatDifference(outcome)).toContain(shown);
    expect(conformJson(outcome)).toMatchObject({ difference: { action: "GiveRx", parameters } });
  },
);
