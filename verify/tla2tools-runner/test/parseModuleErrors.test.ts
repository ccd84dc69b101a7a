import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type ParseModuleOptions, parseModule } from "../src/index.js";
import { ExpressionReader } from "../src/module/ExpressionReader.js";
import { readModule } from "../src/module/readModule.js";
import { exportModules } from "../src/module/runSany.js";
import { SanyExport } from "../src/module/SanyExport.js";
import { fakeTools } from "./support/fakeTlc.js";
import { describeTlc } from "./support/realTlc.js";
import { errorOf, Sandbox } from "./support/sandbox.js";

/** What the tree cannot hold: the text from its fifth line, line and column, and the words. */
const UNSUPPORTED = (
  [
    ["a == 1 + 1.5", "5:10", "a decimal number"],
    ["a == 9007199254740992", "5:6", "a number beyond 2^53"],
    ["a == x = (lab:: 1)", "5:11", "a label"],
    ["a == \\A i : i = x", "5:6", "a \\A without a set"],
    ["a == \\E i : i = x", "5:6", "an \\E without a set"],
    ["a == {CHOOSE i : i = x}", "5:7", "a CHOOSE without a set"],
    ["a == \\EE i : i = x", "5:6", "a temporal quantifier"],
    ["a == \\AA i : i = x", "5:6", "a temporal quantifier"],
    ["a == 1\nINSTANCE Other WITH d <- 2", "6:1", "an INSTANCE"],
    ["a == 1\nO == INSTANCE Other WITH d <- 2", "6:1", "an INSTANCE"],
    ["a == LET O == INSTANCE Other WITH d <- 2 IN O!e", "5:10", "an INSTANCE"],
    ["a == LET O == INSTANCE Naturals IN O!+(1, 2)", "5:10", "an INSTANCE"],
    ["a == LET O == INSTANCE Empty IN 1", "5:6", "an INSTANCE of nothing"],
    ["THEOREM x = x", "5:1", "a theorem"],
    ["THEOREM T == x = x OBVIOUS", "5:1", "a theorem"],
    ["a == 1\nUSE DEF a", "6:1", "a USE or HIDE"],
    ["ASSUME A == c = 1\na == A", "6:6", "the use of A"],
  ] as const
).map(([text, place, what], index) => {
  // One root extends the modules of all rows, so that they need names of their own.
  const letter = "abfghjklmnpqrstuv"[index] ?? "";
  return { name: `M${letter}`, text: text.replace(/\ba\b/g, letter), place, what };
});

describeTlc("parseModule: refusals", (tools) => {
  const parse = (box: Sandbox, spec: string) =>
    errorOf(parseModule({ spec, tools, env: box.environment() }));

  describe("of what a tree cannot hold", () => {
    const box = new Sandbox();
    const fileOf = (name: string) => join(box.path, "models of the test", `${name}.tla`);
    let source: SanyExport;
    beforeAll(async () => {
      box.model("Head", "EXTENDS Integers\nCONSTANT c\nVARIABLE x");
      box.model("Other", "CONSTANTS c, d\ne == d");
      box.model("Empty", "");
      for (const { name, text } of UNSUPPORTED) box.model(name, `EXTENDS Head\n\n\n${text}`);
      const names = UNSUPPORTED.map(({ name }) => name);
      const spec = box.model("Root", `EXTENDS ${names.join(", ")}`);
      const files = new Map(names.map((name) => [name, fileOf(name)]));
      const env = box.environment();
      const run = { tools, env, spec, files, libraries: [], jars: [] };
      const xml = await exportModules({ ...run, timeoutSeconds: undefined, signal: undefined });
      source = new SanyExport(xml, files);
      expect(box.leftovers()).toEqual([]);
    });

    it.each(UNSUPPORTED)("names the place of $what: $text", ({ name, place, what }) => {
      const read = async () => readModule(source, new ExpressionReader(source), name);
      return errorOf(read()).then((error) => {
        expect(error).toMatchObject({
          code: "TLA_UNSUPPORTED",
          where: `${fileOf(name)}:${place}`,
          what: expect.stringContaining(what),
        });
      });
    });
  });

  it.concurrent("names the file of an extended module in a library", async () => {
    const box = new Sandbox();
    const file = box.file("lib/Low.tla", "---- MODULE Low ----\nlow == 1.5\n====\n");
    const spec = box.model("Model", "EXTENDS Low\na == low");
    const libraries = [join(box.path, "lib")];
    const error = await errorOf(parseModule({ spec, libraries, tools, env: box.environment() }));
    expect(error).toMatchObject({ code: "TLA_UNSUPPORTED", where: `${file}:2:8` });
  });

  it.concurrent("cannot hold one name for two things, which LOCAL allows", async () => {
    const box = new Sandbox();
    box.model("Low", "LOCAL a == 1\nlow == a");
    const spec = box.model("Model", "EXTENDS Low\nhigh == low\na == 2");
    const error = await parse(box, spec);
    expect(error).toMatchObject({ code: "TLA_UNSUPPORTED", where: `${spec}:4:1` });
    expect(error.what).toContain("a is defined in the module Low too");
  });

  it.concurrent("cannot hold two definitions of a name, of which SANY only warns", async () => {
    const box = new Sandbox();
    box.model("Low", "a == 1");
    const high = box.model("High", "b == 1\na == 1");
    const error = await parse(box, box.model("Model", "EXTENDS Low, High\nc == a"));
    expect(error).toMatchObject({ code: "TLA_UNSUPPORTED", where: `${high}:3:1` });
  });

  // The parser's other reports are in the recorded logs of TLC, which prints the same.
  it.concurrent.each<[string, string, string, string | undefined, string]>([
    ["an unfinished text", "a == 1 +\nb == 2", "TLA_PARSE_ERROR", "3:1", "Encountered"],
    // After such an error the exporter goes on as if there were none.
    ["a level too high", "VARIABLE x\na == x''", "TLA_SEMANTIC_ERROR", "3:6", "Level error"],
  ])("%s is refused by SANY", async (_, body, code, place, found) => {
    const box = new Sandbox();
    const spec = box.model("Model", body);
    const error = await parse(box, spec);
    expect(error.code).toBe(code);
    expect(error.where).toBe(place === undefined ? spec : `${spec}:${place}`);
    expect(error.found).toContain(found);
    expect(error.reproduce).toContain("tla2sany.SANY");
    expect(box.leftovers()).toEqual([]);
  });

  it.concurrent("an error in an extended module has that module's file", async () => {
    const box = new Sandbox();
    const low = box.model("Low", "low == z");
    const error = await parse(box, box.model("Model", "EXTENDS Low\na == low"));
    expect(error).toMatchObject({ code: "TLA_SEMANTIC_ERROR", where: `${low}:2:8` });
    expect(error.what).toContain("the module Low");
  });

  it.concurrent("a name that differs from that of the file is refused by SANY", async () => {
    const box = new Sandbox();
    const spec = box.file("Model.tla", "---- MODULE Other ----\na == 1\n====\n");
    const error = await parse(box, spec);
    expect(error).toMatchObject({ code: "TLA_PARSE_ERROR", where: spec });
    expect(error.found).toContain("does not match the name 'Other'");
  });

  it.concurrent("a warning is no error", async () => {
    const box = new Sandbox();
    box.model("Low", "Len(s) == 1");
    // SANY warns of the two definitions of Len, and takes the first.
    const spec = box.model("Model", "EXTENDS Low, Sequences\na == Len(<<>>)");
    const { modules } = await parseModule({ spec, tools, env: box.environment() });
    expect(modules[1]?.definitions[0]?.body).toMatchObject({ kind: "definition", name: "Len" });
  });
});

describe("parseModule: what is refused before SANY is started", () => {
  const parse = (spec: string, more: Partial<ParseModuleOptions> = {}) =>
    errorOf(parseModule({ spec, env: { PATH: "" }, ...more }));

  it("a module that is neither a file nor a known standard one, at its name", async () => {
    const text = "(* EXTENDS None *) EXTENDS Naturals, \\* and\n  Bags\na == 1";
    const spec = new Sandbox().model("Model", text);
    const error = await parse(spec);
    expect(error).toMatchObject({ code: "TLA_UNSUPPORTED", where: `${spec}:3:3` });
    expect(error.what).toContain("the module Bags has no file");
  });

  it("has no comments and strings before the module's first line", async () => {
    const text = 'An "odd (* note.\n---- MODULE Model ----\nEXTENDS Bags\n====\n';
    const spec = new Sandbox().file("Model.tla", text);
    expect(await parse(spec)).toMatchObject({ code: "TLA_UNSUPPORTED", where: `${spec}:3:9` });
  });

  it("a file in the place of a standard module", async () => {
    const box = new Sandbox();
    box.model("Naturals", "a == 1");
    const spec = box.model("Model", "EXTENDS Naturals");
    const error = await parse(spec);
    expect(error).toMatchObject({ code: "TLA_UNSUPPORTED", where: `${spec}:2:9` });
  });

  it("a module inside a module, which SANY would leave out", async () => {
    const spec = new Sandbox().model("Model", "a == 1\n  ---- MODULE Inner ----\n====\n");
    const error = await parse(spec);
    expect(error).toMatchObject({ code: "TLA_UNSUPPORTED", where: `${spec}:3:3` });
    expect(error.what).toContain("a module inside a module");
  });

  it.each<[string, Partial<ParseModuleOptions>, string]>([
    ["a file that is not there", { spec: "No.tla" }, "TLC_SPEC_NOT_FOUND"],
    ["a path without the ending", { spec: "No" }, "TLC_BAD_OPTION"],
    ["a library that is not there", { libraries: ["no"] }, "TLC_BAD_OPTION"],
    ["no time", { timeoutSeconds: 0 }, "TLC_BAD_OPTION"],
    ["no Java", {}, "TLC_NO_JAVA"],
  ])("%s", async (_, more, code) => {
    const error = await parse(new Sandbox().model("Model", "a == 1"), more);
    expect(error.code).toBe(code);
  });
});

describe("parseModule: how SANY ends", () => {
  const parse = (box: Sandbox, script: string, more: Partial<ParseModuleOptions> = {}) =>
    errorOf(
      parseModule({
        spec: box.model("Model", "a == 1"),
        tools: fakeTools(box, script),
        env: box.environment(),
        ...more,
      }),
    );

  it("passes the directories on and asks the network for nothing", async () => {
    const box = new Sandbox();
    const library = join(box.path, "lib");
    box.file("lib/Low.tla", "");
    const error = await parse(box, 'echo "$*" >&2; exit 1', { libraries: [library] });
    const models = join(box.path, "models of the test");
    expect(error.found).toContain(`XMLExporter -o -I ${models} -I ${library} ${models}/Model.tla`);
  });

  it.each<[string, string, string]>([
    ["exit code 1 without a report", "echo a bug >&2; exit 1", "a bug"],
    ["no output", "exit 0", "root element"],
    ["no XML", "echo success", "text data outside"],
    ["XML that is cut off", "echo '<modules><RootModule>Model</RootModule>'", "unclosed tag"],
    ["other XML", "echo '<modules/>'", "<modules> without <RootModule>"],
    [
      "XML without the module",
      "echo '<modules><RootModule>Model</RootModule><context/></modules>'",
      "no module Model",
    ],
  ])("%s is an error and no module", async (_, script, found) => {
    const box = new Sandbox();
    const error = await parse(box, script);
    expect(error.code).toBe("SANY_UNEXPECTED_OUTPUT");
    expect(error.found).toContain(found);
    expect(box.leftovers()).toEqual([]);
  });

  it("ends it when its time is up", async () => {
    const box = new Sandbox();
    const error = await parse(box, "sleep 60", { timeoutSeconds: 0.2 });
    expect(error).toMatchObject({ code: "SANY_STOPPED", found: "its time of 0.2 s was up" });
    expect(box.leftovers()).toEqual([]);
  });

  it("ends it when the caller aborts", async () => {
    const box = new Sandbox();
    const error = await parse(box, "sleep 60", { signal: AbortSignal.timeout(100) });
    expect(error).toMatchObject({ code: "SANY_STOPPED", found: "by the caller" });
  });

  it("says that a signal ended it", async () => {
    const error = await parse(new Sandbox(), "kill -9 $$");
    expect(error).toMatchObject({ code: "SANY_STOPPED", found: "by a signal (SIGKILL)" });
  });

  it("says that the disk is full", async () => {
    const script = "echo 'java.io.IOException: No space left on device' >&2; exit 1";
    expect((await parse(new Sandbox(), script)).code).toBe("TLC_TEMP_UNUSABLE");
  });

  it("says that Java cannot be started", async () => {
    const tools = fakeTools(new Sandbox(), "");
    writeFileSync(tools.java.path, "#!/no/such/interpreter\n");
    expect((await parse(new Sandbox(), "", { tools })).code).toBe("TLC_JAVA_UNUSABLE");
  });
});
