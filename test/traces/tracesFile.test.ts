/** The file of a model's traces: what is written is read, and what is damaged is refused. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VerifyError } from "../../verify/support/verifyError.js";
import { amountsOf, decodeContent, encodeContent } from "../../verify/traces/content.js";
import {
  corpusIn,
  readTracesFile,
  tracesBytes,
  writeTraces,
} from "../../verify/traces/tracesFile.js";
import { tinySystem } from "../support/graphDump.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tracesOf } from "../support/tinyTraces.js";

const made = tracesOf(tinySystem());
const sha = "0123456789abcdef".repeat(4);
const origin = { model: "MCTiny", sources: { "A.tla": sha, "MCTiny.cfg": sha }, tlc: sha };
const bytes = tracesBytes(made, made.fewestSteps, origin);
const path = join(temporaryDirectory(), "sub", "MCTiny.traces");
const headEnd = bytes.indexOf("\n");

function errorOf(altered: Uint8Array): VerifyError | undefined {
  writeTraces(path, Buffer.from(altered));
  try {
    corpusIn(readTracesFile(path));
  } catch (error) {
    if (error instanceof VerifyError) return error;
    throw error;
  }
  return undefined;
}

test("what is written is read, and the same traces give the same bytes", () => {
  expect(errorOf(bytes)).toBeUndefined();
  const file = readTracesFile(path);
  const { graph, behaviors } = corpusIn(file);
  expect({ graph, behaviors }).toEqual({ graph: made.graph, behaviors: made.behaviors });
  expect(file.head).toMatchObject({ ...origin, ...amountsOf(made), fewestSteps: made.fewestSteps });
  expect(file.size).toBe(readFileSync(path).length);
  expect(tracesBytes(made, made.fewestSteps, origin).equals(bytes)).toBe(true);
});

describe("a file is refused", () => {
  test("that is cut off, wherever", () => {
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), (length) => {
        expect(errorOf(bytes.subarray(0, length))?.code).toBe("TRACES_DAMAGED");
      }),
      { numRuns: 60 },
    );
  });

  test("of which one bit is another, wherever", () => {
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
        const altered = Uint8Array.from(bytes);
        altered[at] ^= 1 << bit;
        expect(errorOf(altered)?.code).toMatch(/^TRACES_(DAMAGED|OTHER_FORM)$/);
      }),
      { numRuns: 200 },
    );
  });

  test("that is not there, with what to do", () => {
    const missing = () => readTracesFile(join(path, "none"));
    const hint = expect.stringContaining("traces export");
    expect(missing).toThrow(expect.objectContaining({ code: "TRACES_UNREADABLE", hint }));
  });

  test("whose directory cannot be made", () => {
    writeFileSync(path, "");
    const blocked = () => writeTraces(join(path, "a", "b"), bytes);
    expect(blocked).toThrow(expect.objectContaining({ code: "FILE_UNWRITABLE" }));
  });

  const head = JSON.parse(bytes.subarray(0, headEnd).toString());
  const withHead = (changed: object): Buffer =>
    Buffer.concat([
      Buffer.from(`${JSON.stringify({ ...head, ...changed })}\n`),
      bytes.subarray(headEnd + 1),
    ]);

  test.each<[string, Uint8Array, string, RegExp]>([
    ["of another version", withHead({ version: 2 }), "TRACES_OTHER_FORM", /does not read/],
    ["of another format", withHead({ format: "x" }), "TRACES_OTHER_FORM", /does not read/],
    ["whose head has a wrong field", withHead({ states: "1" }), "TRACES_DAMAGED", /at states/],
    ["whose head has a field more", withHead({ more: 1 }), "TRACES_DAMAGED", /more/],
    [
      "with another hash of a module",
      withHead({ sources: { "A.tla": sha } }),
      "TRACES_DAMAGED",
      /not those/,
    ],
    ["that announces fewer steps", withHead({ fewestSteps: 1 }), "TRACES_DAMAGED", /not those/],
    [
      "with bytes that are no brotli",
      Buffer.concat([bytes.subarray(0, headEnd + 1), Buffer.from("x")]),
      "TRACES_DAMAGED",
      /unpacked/,
    ],
    [
      "with more content than is announced",
      Buffer.concat([bytes.subarray(0, headEnd + 1), brotliCompressSync(Buffer.alloc(1 << 20))]),
      "TRACES_DAMAGED",
      /unpacked/,
    ],
    ["without a line", Buffer.alloc(1 << 17, 65), "TRACES_DAMAGED", /no line/],
    ["whose first line is no JSON", Buffer.from("{\n"), "TRACES_DAMAGED", /no JSON/],
  ])("%s", (_, altered, code, what) => {
    const error = errorOf(altered);
    expect(error?.code).toBe(code);
    expect(error?.what).toMatch(what);
    expect(error?.where).toContain(path);
  });
});

describe("content is refused", () => {
  const content = encodeContent(made);
  const amounts = amountsOf(made);

  test.each<[string, object, RegExp]>([
    ["with more states than it has", { states: amounts.states + 1 }, /./],
    ["with fewer states than it has", { states: amounts.states - 1 }, /./],
    ["with other edges", { edges: amounts.edges + 1 }, /edges, not/],
    ["with other behaviors", { behaviors: amounts.behaviors + 1 }, /./],
    ["with more steps", { steps: amounts.steps + 1 }, /ends too early/],
    ["with fewer steps", { steps: amounts.steps - 1 }, /bytes behind its end/],
  ])("%s", (_, changed, message) => {
    expect(() => decodeContent(content, { ...amounts, ...changed })).toThrow(message);
  });

  test("whatever its bytes are, with a sentence and never anything else", () => {
    fc.assert(
      fc.property(fc.nat({ max: content.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const altered = Buffer.from(content);
        altered[at] = byte;
        try {
          decodeContent(altered, amounts);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect(error).not.toBeInstanceOf(TypeError);
          expect(error).not.toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
