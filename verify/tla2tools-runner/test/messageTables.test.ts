import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { KNOWN_JARS, messageCodes } from "../src/index.js";
import { failureMessages } from "../src/tlc/failureMessages.js";
import { readZipEntry } from "../src/tools/readZipEntry.js";
import { ClassFile, switchedNumbers } from "./support/classFile.js";
import { describeTlc } from "./support/realTlc.js";

/** Of versions after 2.19, whose jars are not pinned. */
const NEWER: ReadonlySet<number> = new Set([2148, 2149, 2256, 2272, 2273, 2274, 2404, 2405]);

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Messages that say nothing of a model: with one of these as its error, a run has no verdict. */
const NO_VERDICT: ReadonlySet<number> = new Set([
  ...[-123456, -1, 0, 1101, 1102, 2000, 2001, 2100, 2101, 2117, 2119, 2120],
  // TLC itself failed, or the disk.
  ...range(2123, 2131),
  ...[2133, 2134, 2135, 2137, 2138, 2159, 2160, 2161, 2162, 2163, 2166, 2167, 2173, 2174, 2175],
  ...[2254, 2270],
  // What TLC does, and warnings.
  ...[2168, 2187, 2189, 2192, 2197, 2202, 2203, 2205, 2211, 2212, 2219, 2221, 2255, 2257, 2258],
  ...[2259, 2263, 2267, 2268, 2269, 2271, 2284, 2400, 2401, 2402, 2403, 2501, 2502, 20_000],
  ...range(2774, 2779),
  // Other programs of the jar, its parser, and the distributed TLC.
  ...range(3000, 3001),
  ...range(3100, 3114),
  ...range(4000, 4002),
  ...range(7000, 7010),
]);

describeTlc("the numbers of TLC's messages", (tools) => {
  const classOf = (name: string): ClassFile => {
    const bytes = readZipEntry(readFileSync(tools.jar.path), `tlc2/output/${name}.class`);
    if (bytes === undefined) throw new Error(`the jar has no class ${name}`);
    return new ClassFile(bytes);
  };
  const isKnown = KNOWN_JARS.some(({ sha256 }) => sha256 === tools.jar.sha256);

  it("have the names that they have in the jar", () => {
    const { constants } = classOf("EC");
    for (const [name, code] of Object.entries(messageCodes)) {
      expect([name, constants.get(name)]).toEqual([name, code]);
    }
    for (const [code, { name }] of failureMessages) {
      const expected = isKnown && NEWER.has(code) ? undefined : code;
      expect([name, constants.get(name)]).toEqual([name, expected]);
    }
  });

  it("are all known, each as what it is", () => {
    const known = new Set([...failureMessages.keys(), ...Object.values(messageCodes)]);
    const { constants } = classOf("EC");
    expect(constants.size).toBeGreaterThan(200);
    const unknown = [...constants].filter(([, code]) => !known.has(code) && !NO_VERDICT.has(code));
    expect(unknown).toEqual([]);
    expect([...NO_VERDICT].filter((code) => failureMessages.has(code))).toEqual([]);
  });

  it("have an exit code of TLC among those that they are believed with", () => {
    const code = classOf("EC$ExitStatus").methods.get("errorConstantToExitStatus");
    const exits = switchedNumbers(code ?? Buffer.alloc(0));
    expect(exits.size).toBeGreaterThan(30);
    const failures = [...exits].filter(([of]) => of !== 0);
    for (const [of, exit] of failures) {
      expect([of, failureMessages.get(of)?.exitCodes]).toEqual([
        of,
        expect.arrayContaining([exit]),
      ]);
    }
    // What the switch does not name ends with 255.
    for (const [of, { name, exitCodes }] of failureMessages) {
      if (exits.has(of) || (isKnown && NEWER.has(of))) continue;
      expect([name, exitCodes]).toEqual([name, expect.arrayContaining([255])]);
    }
  });
});
