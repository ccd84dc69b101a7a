import { expect, it } from "vitest";
import { type ReadTlcLogOptions, readTlcLog } from "../src/index.js";
import { message, SUCCESS } from "./support/fakeTlc.js";
import { errorOf, Sandbox } from "./support/sandbox.js";

const DONE = message(2186, 0, "Finished in 4,754ms at (2026-01-01 00:00:00)");
const STATE = message(2217, 4, "1: <Init line 4, col 9 to line 4, col 13 of module M>\nx = 0\n");
const VIOLATED = message(2110, 1, "Invariant I is violated.") + STATE;

const read = (text: string, more: Partial<ReadTlcLogOptions> = {}) =>
  readTlcLog({ log: new Sandbox().file("tlc.log", text), ...more });

// The pinned jars never print these.
it.each<[string, string, number, object]>([
  [
    "a false postcondition",
    message(2404, 1, "Postcondition P at line 7, col 6 to line 7, col 9 of module M is false."),
    10,
    { kind: "postcondition", name: "P", location: { line: 7, column: 6 } },
  ],
  [
    "an error in a postcondition",
    message(
      2405,
      1,
      "Evaluating postcondition P at line 7, col 6 to line 7, col 9 of module M failed.",
    ),
    10,
    { kind: "evaluation-error", location: { line: 7 } },
  ],
  [
    "a postcondition that is a constant",
    message(1000, 1, `RuntimeException\n: ${message(2233, 0, "The post condition P cannot be")}`),
    255,
    { kind: "bad-cfg" },
  ],
  [
    "one property by name",
    message(2116, 1, "Temporal property P was violated."),
    13,
    { kind: "temporal-property", names: ["P"] },
  ],
  [
    "several properties by name",
    message(2116, 1, "Temporal properties P, Q, and R were violated."),
    13,
    { kind: "temporal-property", names: ["P", "Q", "R"] },
  ],
  [
    "no initial state within the constraints",
    message(2256, 1, "There is no state satisfying the initial state predicate and the"),
    255,
    { kind: "evaluation-error" },
  ],
  [
    "an endless recursion",
    message(1005, 1, "This was a Java StackOverflowError."),
    255,
    { kind: "evaluation-error" },
  ],
  [
    "a property that is an action",
    message(2272, 1, "The formula P at line 7, col 6 to line 7, col 9 of module M is"),
    151,
    { kind: "bad-cfg" },
  ],
])("a newer TLC tells of %s", async (_, text, exitCode, verdict) => {
  expect((await read(text + DONE, { exitCode })).verdict).toMatchObject(verdict);
  const other = await errorOf(read(text + DONE, { exitCode: 11 }));
  expect(other.code).toBe("TLC_UNEXPECTED_OUTPUT");
});

it("of several failures the one counts that the exit code is of", async () => {
  const text = message(2110, 1, "Invariant I is violated.") + message(2114, 1, "Deadlock reached.");
  expect((await read(text + DONE, { exitCode: 12 })).verdict.kind).toBe("invariant");
  expect((await read(text + DONE, { exitCode: 11 })).verdict.kind).toBe("deadlock");
  expect((await errorOf(read(text + DONE, { exitCode: 13 }))).code).toBe("TLC_UNEXPECTED_OUTPUT");
});

it("success and a violation are a verdict only for a run with -continue", async () => {
  const text = SUCCESS + VIOLATED + DONE;
  expect((await errorOf(read(text))).code).toBe("TLC_UNEXPECTED_OUTPUT");
  const continued = await read(text, { continueAfterViolation: true });
  expect(continued.verdict).toMatchObject({ kind: "invariant", name: "I" });
  expect(continued.trace).toHaveLength(1);
});

it("every violation has its own counterexample", async () => {
  const second = message(2110, 1, "Invariant J is violated.") + STATE + STATE.replace("1:", "2:");
  const { violations, verdict, trace } = await read(SUCCESS + VIOLATED + second + DONE, {
    continueAfterViolation: true,
  });
  expect(violations.map((one) => [one.verdict, one.trace.length])).toMatchObject([
    [{ name: "I" }, 1],
    [{ name: "J" }, 2],
  ]);
  expect([verdict, trace]).toEqual([violations[0]?.verdict, violations[0]?.trace]);
});

it("a log that ends too early tells what there is, and is killed", async () => {
  const progress = message(2200, 0, "Progress(7) at x: 7.480.636 states generated, 12 distinct");
  const { verdict, generated } = await read(`${progress}@!@!@STARTMSG 2200:0 @!@!@\nProg`);
  expect(verdict).toMatchObject({ kind: "killed", message: "the log ends before TLC did" });
  expect(generated).toBe(7_480_636);
  expect((await read(progress + DONE, { exitCode: 143 })).verdict.kind).toBe("killed");
  expect((await errorOf(read(progress + DONE))).code).toBe("TLC_UNEXPECTED_OUTPUT");
});

it("a checkpoint is named once it is complete, and a run may go on from it", async () => {
  const begun = (name: string) => message(2195, 0, `Checkpointing of run ${name}`);
  const ended = message(2196, 0, "Checkpointing completed at (2026-01-01 00:00:00)");
  const text = `${begun("a/26-01-01")}${ended}${begun("a/26-01-02")}`;
  expect((await read(text)).checkpoint).toBe("a/26-01-01");
  const withoutInit = SUCCESS.replace(/@!@!@STARTMSG 2190[\s\S]*ENDMSG 2190 @!@!@\n/, "");
  const recovered = message(2198, 0, "Recovery completed. 5 states examined. 1 states on queue.");
  expect((await read(recovered + withoutInit + DONE)).verdict.kind).toBe("holds");
  expect((await read(withoutInit + DONE)).verdict.kind).toBe("evaluation-error");
});

it("a run holds with no state left to explore, and is else stopped", async () => {
  const { verdict } = await read(SUCCESS.replace(" 0 states left", " 1,234 states left") + DONE);
  expect(verdict).toMatchObject({
    kind: "stopped",
    message: "the module ended the run with 1234 states still to be explored",
  });
});

it("a log tells how long the run took, and Windows' ends of lines are read", async () => {
  const { seconds, verdict } = await read((SUCCESS + DONE).replaceAll("\n", "\r\n"));
  expect([seconds, verdict.kind]).toEqual([4.754, "holds"]);
});

it.each<[string, Partial<ReadTlcLogOptions>, string]>([
  ["a file that is not there", { log: "/nowhere at all" }, "TLC_LOG_UNREADABLE"],
  ["an output without -tool", {}, "TLC_LOG_UNREADABLE"],
  ["a configuration that is not there", { config: "/nowhere at all" }, "TLC_LOG_UNREADABLE"],
  ["an exit code that is none", { exitCode: 0.5 }, "TLC_BAD_OPTION"],
  ["an option that there is not", { ["exitcode" as string]: 0 }, "TLC_BAD_OPTION"],
])("%s is refused", async (name, options, code) => {
  const text = name.includes("-tool") ? "TLC2 Version 2.18\nModel checking completed." : SUCCESS;
  expect((await errorOf(read(text, options))).code).toBe(code);
});
