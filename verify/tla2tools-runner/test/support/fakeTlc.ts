import { type RunTlcOptions, runTlc, type TlcResult, type TlcTools } from "../../src/index.js";
import type { Sandbox } from "./sandbox.js";

/** One message as TLC prints it with `-tool`. */
export function message(code: number, kind: number, text: string): string {
  return `@!@!@STARTMSG ${code}:${kind} @!@!@\n${text}\n@!@!@ENDMSG ${code} @!@!@\n`;
}

/** The messages of a run without errors. */
export const SUCCESS = [
  message(2262, 0, "TLC2 Version 2.18 of 20 March 2023"),
  message(2190, 0, "Finished computing initial states: 1 distinct state generated at 2026-01-01."),
  message(2193, 0, "Model checking completed. No error has been found."),
  message(2199, 0, "1,234 states generated, 56 distinct states found, 0 states left on queue."),
].join("");

/** A `java` that is a shell script; it finds the text to print in `$OUTPUT`. */
export function fakeTools(box: Sandbox, script: string, output = ""): TlcTools {
  const text = box.file("output.txt", output);
  const path = box.script("fake jre/bin/java", `OUTPUT='${text}'\n${script}`);
  return {
    java: { path, version: "17", major: 17, source: "PATH", passedOver: [] },
    jar: {
      path: box.file("a jar.jar", ""),
      source: "cache",
      passedOver: [],
      sha256: "",
      known: undefined,
      version: undefined,
      writesTraceSpecs: false,
    },
  };
}

/** Runs a model with a `java` that is a script. */
export function runFake(
  box: Sandbox,
  script: string,
  output = "",
  more: Partial<RunTlcOptions> = {},
): Promise<TlcResult> {
  return runTlc({
    spec: box.model("M", "VARIABLE x\nInit == x = 0\nNext == x' = x"),
    tools: fakeTools(box, script, output),
    env: box.environment(),
    ...more,
  });
}
