/** The parts of README.md that come from the models are up to date. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../verify/model/paths.js";
import { fillReadme } from "../../verify/report/readme.js";

const text = readFileSync(join(projectRoot, "README.md"), "utf8");

describe("README.md", () => {
  it("has the trace and the bounds as `npm run docs` writes them", () => {
    expect(fillReadme(text)).toBe(text);
  });

  it("would not pass with another count or another step", () => {
    for (const edited of [
      text.replace("35,966", "35,967"),
      text.replace("ReadFlagVers", "ReadRx"),
    ]) {
      expect(edited).not.toBe(text);
      expect(fillReadme(edited)).not.toBe(edited);
    }
  });
});
