/** The parts of README.md that come from the models are up to date. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../verify/model/paths.js";
import { fillReadme, PAGES } from "../../verify/report/readme.js";

const text = readFileSync(join(projectRoot, "README.md"), "utf8");

describe("pages", () => {
  it.each(PAGES)("%s has its parts as `npm run docs` writes them", async (page) => {
    const found = readFileSync(join(projectRoot, page), "utf8");
    expect(await fillReadme(found)).toBe(found);
  });

  it("would not pass with another count or another step", async () => {
    for (const edited of [
      text.replace(/holds: [\d,]+ states/, "holds: 2 states"),
      text.replace("ReadFlagVers", "ReadRx"),
    ]) {
      expect(edited).not.toBe(text);
      expect(await fillReadme(edited)).not.toBe(edited);
    }
  });
});
