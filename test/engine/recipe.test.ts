/** A recipe builds the system again: the seam through which a worker gets any system. */
import { expect, it } from "vitest";
import { compiledModule } from "../../verify/engine/compiledModule.js";
import { explore } from "../../verify/engine/explore.js";
import { systemOf } from "../../verify/engine/recipe.js";
import { createScriptedSystem } from "../../verify/engine/scripted.js";

const system = createScriptedSystem({
  locations: [{ kind: "spinlock", owner: 0 }],
  actors: [
    [
      [
        { kind: "lock", at: 0, operand: 0 },
        { kind: "unlock", at: 0, operand: 0 },
      ],
    ],
  ],
});

it("builds what its starter has", async () => {
  const again = await systemOf(system.recipe);
  expect(again.recipe).toEqual(system.recipe);
  expect(again.layout.slotLimits).toEqual(system.layout.slotLimits);
  expect(again.actors.map(({ name }) => name)).toEqual(["actor 1"]);
});

it("names a compiled module, whichever runs", () => {
  const { href } = new URL("../../verify/engine/scripted.ts", import.meta.url);
  const compiled = new URL("../../dist/verify/engine/scripted.js", import.meta.url).href;
  expect(compiledModule(href)).toBe(compiled);
  expect(compiledModule(compiled)).toBe(compiled);
  expect(compiledModule("file:///elsewhere/system.ts")).toBe("file:///elsewhere/system.ts");
});

it("of a module that is not there ends the exploration with a coded error", async () => {
  const recipe = { module: "file:///elsewhere/system.js", data: null };
  await expect(explore({ ...system, recipe }, { workers: 2 })).rejects.toMatchObject({
    code: "EXPLORER_FAILED",
    found: expect.stringContaining("elsewhere"),
  });
});
