/** The model as trees: from its compiled forms, parsed anew where they are stale, or neither. */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseModule, ToolError } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { modulesIn } from "../../verify/model/compileSpecs.js";
import { loadSpec } from "../../verify/model/loadSpec.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const NO_JAVA = { PATH: "" };
const root = temporaryDirectory();
let copies = 0;

/** A copy of model/, with one file of it changed, or removed where `change` gives nothing. */
function modelWith(file: string, change: (text: string) => string | undefined): string {
  copies += 1;
  const directory = join(root, `model ${copies}`);
  cpSync(modelDirectory, directory, { recursive: true });
  const path = join(directory, file);
  const text = change(readFileSync(path, "utf8"));
  if (text === undefined) rmSync(path);
  else writeFileSync(path, text);
  return directory;
}

const edited = (text: string): string => text.replace("====", "\\* One more line.\n====");

async function errorOf(promise: Promise<unknown>): Promise<ToolError<string>> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ToolError) return error;
  throw new Error("a coded error was expected", { cause: error });
}

describe("loadSpec without Java", () => {
  test("reads every module of model/, each behind those that it extends", async () => {
    for (const name of modulesIn(modelDirectory)) {
      const spec = await loadSpec(modelDirectory, name, { env: NO_JAVA });
      expect(spec.root).toBe(name);
      expect(spec.modules.at(-1)?.name).toBe(name);
      const names = spec.modules.map((module) => module.name);
      for (const [index, module] of spec.modules.entries()) {
        const trees = module.extends.filter((other) => names.includes(other));
        expect(trees).toEqual(names.slice(0, index).filter((other) => trees.includes(other)));
      }
    }
  });

  test.each<[string, string, (text: string) => string | undefined, string]>([
    ["its text has changed", "MCNegotiation.tla", edited, "the text has changed since"],
    ["a text that it extends has changed", "FfaMediator.tla", edited, "the text has changed since"],
    [
      "it has no compiled form",
      "compiled/FfaMediator.json",
      () => undefined,
      "there is no compiled form",
    ],
    [
      "its compiled form is of another version",
      "compiled/MCNegotiation.json",
      (text) => text.replace('"format": 1', '"format": 0'),
      "the compiled form cannot be read: format 1 expected, and not 0",
    ],
    [
      "its compiled form is that of another module",
      "compiled/MCNegotiation.json",
      (text) => text.replace('"module": "MCNegotiation"', '"module": "Other"'),
      "the compiled form is that of Other",
    ],
  ])(
    "refuses a module when %s, and says which file and what to do",
    async (_, file, change, what) => {
      const directory = modelWith(file, change);
      const error = await errorOf(loadSpec(directory, "MCNegotiation", { env: NO_JAVA }));
      expect(error.code).toBe("SPEC_STALE");
      expect(error.what).toContain(what);
      const module = file.replace("compiled/", "").replace("json", "tla");
      expect(error.where).toBe(join(directory, module));
      expect(error.found).toContain("TLC_NO_JAVA");
      expect(error.hint).toContain(`npm run compile -- "${directory}"`);
    },
  );

  test("a module that is not there is an error of its own", async () => {
    const error = await errorOf(loadSpec(modelDirectory, "Nothing", { env: NO_JAVA }));
    expect(error).toMatchObject({
      code: "MODEL_FILE_MISSING",
      where: join(modelDirectory, "Nothing.tla"),
    });
  });

  test("a module with EXTENDS of something unknown is refused as the parser refuses it", async () => {
    const extended = (text: string) => text.replace("EXTENDS Presets", "EXTENDS Unknown");
    const directory = modelWith("MCNegotiation.tla", extended);
    const error = await errorOf(loadSpec(directory, "MCNegotiation", { env: NO_JAVA }));
    expect(error.code).toBe("TLA_UNSUPPORTED");
  });
});

describeWithTlc("loadSpec with Java", (tools) => {
  test("has from the compiled forms what the parser has", async () => {
    const spec = join(modelDirectory, "MCNegotiation.tla");
    const [loaded, parsed] = await Promise.all([
      loadSpec(modelDirectory, "MCNegotiation", { env: NO_JAVA }),
      parseModule({ spec, tools }),
    ]);
    expect(loaded).toEqual(parsed);
  });

  test("parses a module anew when its text has changed", async () => {
    const more = (text: string) => text.replace("====", "OneMore == AllCalls\n====");
    const directory = modelWith("MCNegotiation.tla", more);
    const [{ modules }, before] = await Promise.all([
      loadSpec(directory, "MCNegotiation"),
      loadSpec(modelDirectory, "MCNegotiation"),
    ]);
    const namesOf = (all: readonly { name: string }[]) => all.map(({ name }) => name);
    expect(namesOf(modules)).toEqual(namesOf(before.modules));
    expect(modules.at(-1)?.definitions.at(-1)?.name).toBe("OneMore");
  });

  test("an error in the changed text is the parser's", async () => {
    const broken = (text: string) => text.replace("====", "OneMore == NoSuchName\n====");
    const directory = modelWith("MCNegotiation.tla", broken);
    const error = await errorOf(loadSpec(directory, "MCNegotiation"));
    expect(error.code).toBe("TLA_SEMANTIC_ERROR");
    expect(error.where).toMatch(/MCNegotiation\.tla:\d+:12$/);
  });
});
