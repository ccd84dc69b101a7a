import { describe } from "vitest";
import { describeTools, type TlcTools, ToolError } from "../../src/index.js";

/** Java and the jar, or the error that says which of them is missing. */
async function findTlc(): Promise<TlcTools | ToolError> {
  const { java, jar } = await describeTools();
  if (java instanceof ToolError) return java;
  return jar instanceof ToolError ? jar : { java, jar };
}

const found = await findTlc();

/**
 * Tests that need the real TLC. Without Java or a jar they are skipped, and the name says why; in
 * CI, where such a skip would hide that nothing was tested, it is a failure.
 */
export function describeTlc(name: string, tests: (tools: TlcTools) => void): void {
  if (!(found instanceof ToolError)) {
    describe(name, () => tests(found));
    return;
  }
  if (process.env.CI) throw new Error(`in CI no test may be skipped\n${found.format()}`);
  // The body is still called, so that its tests are listed as skipped.
  describe.skip(`${name} [skipped: ${found.message}]`, () => tests(unavailable()));
}

function unavailable(): TlcTools {
  const none = { path: "", passedOver: [] };
  return {
    java: { ...none, version: "", major: 0, source: "PATH" },
    jar: {
      ...none,
      source: "cache",
      sha256: "",
      known: undefined,
      version: undefined,
      writesTraceSpecs: false,
    },
  };
}
