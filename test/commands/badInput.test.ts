/** Bad input to the command line: a code, a place, a hint, exit code 2, and nothing left behind. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { grouped } from "../../verify/report/screen.js";
import { type CliRun, ffaVerify } from "../support/cli.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const temporary = temporaryDirectory();
const emptyDirectory = (): string => mkdtempSync(join(temporary, "empty-"));

/** A copy of the models with one text replaced in one file. */
function modelsWith(file: string, find: string | RegExp, replace: string): string {
  const directory = emptyDirectory();
  cpSync(modelDirectory, directory, { recursive: true });
  const path = join(directory, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(find, replace);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  return directory;
}

function expectRefused(run: CliRun, code: string, ...parts: readonly (string | RegExp)[]): void {
  expect(run.stderr).toMatch(new RegExp(`^${code}: `, "m"));
  expect(run.stderr).toContain("hint: ");
  for (const part of parts) expect(run.stderr).toMatch(part);
  expect(run.stderr).not.toMatch(/^\s+at .*\.js:\d+/m);
  expect(run.code).toBe(2);
}

describe("usage", () => {
  it("names the models when one is not known", () => {
    expectRefused(ffaVerify(["check", "MC9x9"]), "MODEL_UNKNOWN", /MC1x2/);
  });

  it.each([
    [["check", "--engine", "spin"], /tlc or embedded/],
    [["check", "MC1x2", "--timeout", "soon"], /whole number/],
    [["replay"], /takes a file/],
    [["replay", "--schedule", "1"], /needs --model/],
    [["conform", "MCH1"], /not written out/],
    [["conform", "--dump", "x.dot"], /one model/],
  ])("%j", (args, text) => {
    const run = ffaVerify(args);
    expect(run.stderr).toMatch(text);
    expect(run.code).toBe(2);
  });

  it("an unknown command and an unknown option end with 2", () => {
    expect(ffaVerify(["frobnicate"]).code).toBe(2);
    expect(ffaVerify(["check", "--frobnicate"]).code).toBe(2);
    expect(ffaVerify(["--help"]).code).toBe(0);
  });
});

describe("the manifest and the files of a model", () => {
  it("a manifest that is no JSON, and one with a wrong entry", () => {
    const broken = modelsWith("manifest.json", "{", "{{");
    expectRefused(ffaVerify(["check", "--models", broken]), "MANIFEST_INVALID", /manifest\.json/);
    const wrong = modelsWith("manifest.json", /"distinct": \d+/, '"distinct": "many"');
    expectRefused(ffaVerify(["check", "--models", wrong]), "MANIFEST_INVALID", /expect\.distinct/);
  });

  it("an entry without a cfg, a cfg without a constant, calls that are no value", () => {
    const renamed = modelsWith("manifest.json", '"MCH6"', '"MCH6Gone"');
    expectRefused(ffaVerify(["check", "MCH6Gone", "--models", renamed]), "MODEL_FILE_MISSING");
    const without = modelsWith("MCH6.cfg", "SpCount = 1", "");
    expectRefused(
      ffaVerify(["check", "MCH6", "--models", without]),
      "CONSTANT_UNREADABLE",
      /SpCount/,
    );
    const odd = modelsWith("MCH6.cfg", "Calls <- RequestCalls", "Calls <- Supported");
    expectRefused(ffaVerify(["check", "MCH6", "--models", odd]), "CONSTANT_UNREADABLE", /Calls/);
    const fixes = modelsWith("MCH6.cfg", "Fixes <- Posted", 'Fixes = {"PublishFirst"}');
    expectRefused(ffaVerify(["check", "MCH6", "--models", fixes]), "CONSTANT_UNREADABLE", /Fixes/);
  });

  it("a cfg with a line that is nothing", () => {
    const odd = modelsWith("MCH6.cfg", "SPECIFICATION Spec", "????");
    expectRefused(ffaVerify(["check", "MCH6", "--models", odd]), "CFG_SYNTAX", /MCH6\.cfg:3:1/);
  });
});

describe("traces and schedules", () => {
  const file = (text: string): string => {
    const path = join(emptyDirectory(), "trace.itf.json");
    writeFileSync(path, text);
    return path;
  };

  it.each([
    ["no JSON", "{", /itf\.json:1:2/],
    ["no states", '{"vars":["pc"],"states":[]}', /itf\.json:1:25/],
    [
      "a value that ITF does not have",
      '{"vars":["pc"],"states":[{"pc":[{"#x":1}]}]}',
      /states\[0\]\.pc\[0\][\s\S]*itf\.json:1:34/,
    ],
    ["a state without a variable", '{"vars":["pc"],"states":[{}]}', /a value of pc/],
  ])("%s", (_, text, place) => {
    expectRefused(ffaVerify(["replay", file(text), "--model", "MC1x2"]), "ITF_MALFORMED", place);
  });

  it("a trace of another model, of no model, and none at all", () => {
    const other = file('{"vars":["x"],"states":[{"x":1}]}');
    expectRefused(
      ffaVerify(["replay", other, "--model", "MC1x2"]),
      "ITF_OTHER_MODEL",
      /no values of pc/,
    );
    expectRefused(ffaVerify(["replay", other]), "USAGE", /names no model/);
    expectRefused(ffaVerify(["replay", "/nowhere/trace.json"]), "FILE_UNREADABLE");
  });

  it.each([
    ["1:x", "SCHEDULE_MALFORMED"],
    ["99:0", "NO_SUCH_ACTOR"],
    ["3:0,1:99", "NO_SUCH_PROGRAM"],
    ["1:0", "STEP_NOT_ENABLED"],
  ])("schedule %s", (schedule, code) => {
    expectRefused(ffaVerify(["replay", "--model", "MC1x2", "--schedule", schedule]), code);
  });
});

describe("state graphs", () => {
  it("an empty one, one that is no graph, and none", () => {
    const conform = (dump: string) => ffaVerify(["conform", "MC1x2", "--dump", dump]);
    expectRefused(conform("/dev/null"), "DUMP_TRUNCATED", /empty/);
    expectRefused(conform(join(modelDirectory, "manifest.json")), "DUMP_MALFORMED", /:1:1/);
    expectRefused(conform("/nowhere/graph.dot"), "DUMP_UNREADABLE");
  });

  it("cannot be had from the embedded engine", () => {
    const run = ffaVerify(["conform", "MC1x2", "--engine", "embedded"]);
    expectRefused(run, "NOT_POSSIBLE_EMBEDDED");
  });
});

describeWithTlc("TLC's refusals", () => {
  const scratch = emptyDirectory();
  const before = (): readonly string[] => readdirSync(scratch);
  beforeAll(() => expect(before()).toEqual([]));

  const check = (models: string, ...more: readonly string[]): CliRun =>
    ffaVerify(["check", "MCH6", "--models", models, ...more], { TMPDIR: scratch });

  it("a syntax error, with its line", () => {
    const models = modelsWith("Context.tla", /^Init ==/m, "Init = =");
    expectRefused(check(models), "TLA_PARSE_ERROR", /Context\.tla:\d+:\d+/, /reproduce: /);
    expect(before()).toEqual([]);
  });

  it("a name that is not defined, with its line", () => {
    const models = modelsWith("ContextList.tla", "vmCount' = vmCount + 1", "vmCount' = vmCont + 1");
    expectRefused(check(models), "TLA_SEMANTIC_ERROR", /ContextList\.tla:\d+:\d+/);
  });

  it("a cfg that names an unknown invariant", () => {
    const models = modelsWith("MCH6.cfg", "PublishedIsSupportedInv", "NoSuchInv");
    expectRefused(check(models), "CFG_INVALID", /NoSuchInv/);
  });

  it("a manifest that disagrees is bad input; another verdict is a difference", () => {
    const longer = modelsWith("manifest.json", '"traceLength": 15', '"traceLength": 16');
    const run = check(longer);
    expect(run.stdout).toMatch(/MANIFEST_DIFFERS/);
    expect(run.stdout).toMatch(/manifest\.json:\d+:\d+/);
    expect(run.stdout).toMatch(/traceLength 16/);
    expect(run.code).toBe(2);
    const mended = modelsWith("MCH6.cfg", "Fixes <- Posted", "Fixes <- Hardened");
    expect(check(mended).code).toBe(1);
  });

  it("a heap too small and a time too short", () => {
    const run = (...more: readonly string[]) =>
      ffaVerify(["check", "MC2x1", ...more], { TMPDIR: scratch });
    expectRefused(run("--heap", "4"), "TLC_OUT_OF_MEMORY");
    expectRefused(run("--timeout", "2"), "TLC_TIMED_OUT");
    expect(before()).toEqual([]);
  });

  it("a jar that is no jar", () => {
    const run = ffaVerify(["check", "MCH6"], { TLA2TOOLS_JAR: join(modelDirectory, "MCH6.cfg") });
    expectRefused(run, "TLC_JAR_INVALID");
  });

  it("no Java: asked for, an error; else the embedded engine, which says so", () => {
    const env = { PATH: "/nowhere", JAVA_HOME: undefined };
    expectRefused(ffaVerify(["check", "MCH6", "--engine", "tlc"], env), "TLC_NO_JAVA");
    const { name, expect: pinned } = findEntry(readManifest(), "MCPkvm");
    const run = ffaVerify(["check", name], env);
    expect(run.stdout).toMatch(/embedded engine served: TLC_NO_JAVA/);
    const row = run.stdout.split("\n").find((line) => line.startsWith(`${name} `));
    const counts = [pinned.generated, pinned.distinct].map((count) => grouped(count ?? Number.NaN));
    expect(row?.split(/ {2,}/)).toEqual(expect.arrayContaining(["yes", ...counts]));
    expect(run.code).toBe(0);
  });
});
