/** Bad input to the command line: a code, a place, a hint, exit code 2, and nothing left behind. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KNOWN_JARS } from "tla2tools-runner";
import { beforeAll, describe, expect, it } from "vitest";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { modelDirectory, projectRoot } from "../../verify/model/paths.js";
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

async function expectRefused(
  running: Promise<CliRun>,
  code: string,
  ...parts: readonly (string | RegExp)[]
): Promise<void> {
  const run = await running;
  expect(run.stderr).toMatch(new RegExp(`^${code}: `, "m"));
  expect(run.stderr).toContain("hint: ");
  for (const part of parts) expect(run.stderr).toMatch(part);
  expect(run.stderr).not.toMatch(/^\s+at .*\.js:\d+/m);
  expect(run.code).toBe(2);
}

async function expectUsage(args: readonly string[], said: RegExp): Promise<void> {
  const run = await ffaVerify(args);
  expect(run.stderr).toMatch(said);
  expect(run.stdout).toBe("");
  expect(run.code).toBe(2);
}

describe("usage", () => {
  it.each([
    ["check", "MC1x2Postd"],
    ["conform", "MC1x2Postd"],
    ["explore", "MC1x2Postd"],
    ["replay", "--schedule", "1", "--model", "MC1x2Postd"],
  ])("%s: an unknown model, with the models and the nearest", async (...args) => {
    const run = ffaVerify(args);
    await expectRefused(
      run,
      "MODEL_UNKNOWN",
      /expected: MC1x1, MC1x2/,
      /did you mean MC1x2Posted\?/,
    );
  });

  it("says in which manifest an unknown model was looked for", async () => {
    const models = modelsWith("manifest.json", '"MCH6"', '"MCH66"');
    const run = ffaVerify(["explore", "MCH6", "--models", models]);
    await expectRefused(run, "MODEL_UNKNOWN", `where: ${models}`, /did you mean MCH66\?/);
  });

  it.each([
    [["check", "--engine", "spin"], /tlc or embedded/],
    [["check", "MC1x2", "--timeout", "soon"], /whole number/],
    [["replay"], /takes a file/],
    [["replay", "--schedule", "1"], /needs --model/],
    [["conform", "MCH1"], /not written out/],
    [["conform", "--dump", "x.dot"], /one model/],
  ])("%j", expectUsage);

  it("an unknown command and an unknown option end with 2", async () => {
    expect((await ffaVerify(["frobnicate"])).code).toBe(2);
    expect((await ffaVerify(["check", "--frobnicate"])).code).toBe(2);
    await expectUsage(["chek"], /Did you mean check/);
    await expectUsage(["check", "--jsn"], /Did you mean --json/);
    expect((await ffaVerify(["--help"])).code).toBe(0);
  });

  it("without anything there is help, which is no error", async () => {
    const run = await ffaVerify([]);
    expect(run).toEqual({ ...(await ffaVerify(["--help"])), code: 0, stderr: "" });
    expect(run.stdout).toMatch(/^Usage: ffa-verify /);
  });

  it("--version is that of the package, and of the jars that it is pinned to", async () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
    const { code, stdout } = await ffaVerify(["--version"], {
      PATH: "/nowhere",
      JAVA_HOME: undefined,
    });
    expect(stdout.split("\n")[0]).toBe(`ffa-verify ${version}`);
    for (const jar of KNOWN_JARS) expect(stdout).toContain(jar.version);
    expect(code).toBe(0);
  });
});

describe("the manifest and the files of a model", () => {
  it("a manifest that is no JSON, one with a wrong entry, and none", async () => {
    const none = emptyDirectory();
    await expectRefused(
      ffaVerify(["explore", "MC1x2", "--models", none]),
      "MANIFEST_INVALID",
      none,
    );
    const broken = modelsWith("manifest.json", "{", "{{");
    await expectRefused(
      ffaVerify(["check", "--models", broken]),
      "MANIFEST_INVALID",
      /manifest\.json/,
    );
    const wrong = modelsWith("manifest.json", /"distinct": \d+/, '"distinct": "many"');
    await expectRefused(
      ffaVerify(["check", "--models", wrong]),
      "MANIFEST_INVALID",
      /expect\.distinct/,
    );
  });

  it("an entry without a cfg, a cfg without a constant, calls that are no value", async () => {
    const renamed = modelsWith("manifest.json", '"MCH6"', '"MCH6Gone"');
    await expectRefused(
      ffaVerify(["check", "MCH6Gone", "--models", renamed]),
      "MODEL_FILE_MISSING",
    );
    const without = modelsWith("MCH6.cfg", "SpCount = 1", "");
    await expectRefused(
      ffaVerify(["check", "MCH6", "--models", without]),
      "CONSTANT_UNREADABLE",
      /SpCount/,
    );
    const odd = modelsWith("MCH6.cfg", "Calls <- RequestCalls", "Calls <- Supported");
    await expectRefused(
      ffaVerify(["check", "MCH6", "--models", odd]),
      "CONSTANT_UNREADABLE",
      /Calls/,
    );
    const fixes = modelsWith("MCH6.cfg", "Fixes <- Posted", 'Fixes = {"PublishFirst"}');
    await expectRefused(
      ffaVerify(["check", "MCH6", "--models", fixes]),
      "CONSTANT_UNREADABLE",
      /Fixes/,
    );
  });

  it("a cfg with a line that is nothing", async () => {
    const odd = modelsWith("MCH6.cfg", "SPECIFICATION Spec", "????");
    await expectRefused(
      ffaVerify(["check", "MCH6", "--models", odd]),
      "CFG_SYNTAX",
      /MCH6\.cfg:3:1/,
    );
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
  ])("%s", async (_, text, place) => {
    await expectRefused(
      ffaVerify(["replay", file(text), "--model", "MC1x2"]),
      "ITF_MALFORMED",
      place,
    );
  });

  it("a trace of another model, of a model that is not there, and none at all", async () => {
    const other = file('{"vars":["x"],"states":[{"x":1}]}');
    await expectRefused(
      ffaVerify(["replay", other, "--model", "MC1x2"]),
      "ITF_OTHER_MODEL",
      /no values of pc/,
    );
    const unknown = file('{"#meta":{"model":"MC1x"},"vars":["x"],"states":[{"x":1}]}');
    const refused = ffaVerify(["replay", unknown]);
    await expectRefused(refused, "MODEL_UNKNOWN", `where: ${unknown}: #meta.model`, /--model NAME/);
    await expectRefused(ffaVerify(["replay", "/nowhere/trace.json"]), "FILE_UNREADABLE");
  });

  it.each([
    ["1:x", "SCHEDULE_MALFORMED", 1, 3],
    ["99:0", "NO_SUCH_ACTOR", 1, 1],
    ["3:0, 1:99", "NO_SUCH_PROGRAM", 2, 6],
    ["3:0,1:0,1,3:0", "STEP_NOT_ENABLED", 4, 11],
  ])("schedule %s", async (schedule, code, step, column) => {
    const run = ffaVerify(["replay", "--model", "MC1x2", "--schedule", schedule]);
    await expectRefused(run, code, `where: step ${step}, column ${column} of the schedule\n`);
  });
});

describe("state graphs", () => {
  it("an empty one, one that is no graph, and none", async () => {
    const conform = (dump: string) => ffaVerify(["conform", "MC1x2", "--dump", dump]);
    await expectRefused(conform("/dev/null"), "DUMP_TRUNCATED", /empty/);
    await expectRefused(conform(join(modelDirectory, "manifest.json")), "DUMP_MALFORMED", /:1:1/);
    await expectRefused(conform("/nowhere/graph.dot"), "DUMP_UNREADABLE");
  });

  it("cannot be had from the embedded engine", async () => {
    const run = ffaVerify(["conform", "MC1x2", "--engine", "embedded"]);
    await expectRefused(run, "NOT_POSSIBLE_EMBEDDED");
  });
});

describeWithTlc("TLC's refusals", () => {
  const scratch = emptyDirectory();
  const before = (): readonly string[] => readdirSync(scratch);
  beforeAll(() => expect(before()).toEqual([]));

  const check = (models: string, ...more: readonly string[]): Promise<CliRun> =>
    ffaVerify(["check", "MCH6", "--models", models, ...more], { TMPDIR: scratch });

  it("a syntax error, with its line", async () => {
    const models = modelsWith("Context.tla", /^Init ==/m, "Init = =");
    await expectRefused(check(models), "TLA_PARSE_ERROR", /Context\.tla:\d+:\d+/, /reproduce: /);
    expect(before()).toEqual([]);
  });

  it("a name that is not defined, with its line", async () => {
    const models = modelsWith("ContextList.tla", "vmCount' = vmCount + 1", "vmCount' = vmCont + 1");
    await expectRefused(check(models), "TLA_SEMANTIC_ERROR", /ContextList\.tla:\d+:\d+/);
  });

  it("a cfg that names an unknown invariant", async () => {
    const models = modelsWith("MCH6.cfg", "PublishedIsSupportedInv", "NoSuchInv");
    await expectRefused(check(models), "CFG_INVALID", /NoSuchInv/);
  });

  it("a manifest that disagrees is bad input; another verdict is a difference", async () => {
    const longer = modelsWith("manifest.json", '"traceLength": 15', '"traceLength": 16');
    const run = await check(longer, "--engine", "embedded");
    expect(run.stdout).toMatch(/MANIFEST_DIFFERS/);
    expect(run.stdout).toMatch(/manifest\.json:\d+:\d+/);
    expect(run.stdout).toMatch(/traceLength 16/);
    expect(run.code).toBe(2);
    const mended = modelsWith("MCH6.cfg", "Fixes <- Posted", "Fixes <- Hardened");
    expect((await check(mended)).code).toBe(1);
  });

  it("a heap too small and a time too short", async () => {
    const run = (...more: readonly string[]) =>
      ffaVerify(["check", "MC2x1", ...more], { TMPDIR: scratch });
    await expectRefused(run("--heap", "4"), "TLC_OUT_OF_MEMORY");
    await expectRefused(run("--timeout", "1"), "TLC_TIMED_OUT");
    expect(before()).toEqual([]);
  });

  it("a jar that is no jar", async () => {
    const run = ffaVerify(["check", "MCH6"], {
      TLA2TOOLS_JAR: join(modelDirectory, "MCH6.cfg"),
    });
    await expectRefused(run, "TLC_JAR_INVALID");
  });

  it("no Java: asked for, an error; else the embedded engine, which says so", async () => {
    const env = { PATH: "/nowhere", JAVA_HOME: undefined };
    await expectRefused(ffaVerify(["check", "MCH6", "--engine", "tlc"], env), "TLC_NO_JAVA");
    const { name, expect: pinned } = findEntry(readManifest(), "MCPkvm");
    const run = await ffaVerify(["check", name], env);
    expect(run.stdout).toMatch(/embedded engine served: TLC_NO_JAVA/);
    const row = run.stdout.split("\n").find((line) => line.startsWith(`${name} `));
    const counts = [pinned.generated, pinned.distinct].map((count) => grouped(count ?? Number.NaN));
    expect(row?.split(/ {2,}/)).toEqual(expect.arrayContaining(["yes", ...counts]));
    expect(run.code).toBe(0);
  });
});
