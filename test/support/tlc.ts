/** What tests need of TLC: whether it is there, and a way to say that it is not. */
import { locateTools, type TlcTools, ToolError } from "tla2tools-runner";
import { describe, test } from "vitest";

type Found = { readonly tools: TlcTools } | { readonly missing: string };

const found: Found = await locateTools().then(
  (tools) => ({ tools }),
  (error: unknown) => {
    if (error instanceof ToolError) return { missing: error.message.split("\n")[0] };
    throw error;
  },
);

/**
 * A `describe` that needs TLC. Without it the tests are named as skipped, with the reason; where
 * the environment variable CI is set that is a failure.
 */
export function describeWithTlc(name: string, body: (tools: TlcTools) => void): void {
  if ("tools" in found) {
    describe(name, () => body(found.tools));
    return;
  }
  describe.skipIf(!process.env.CI)(`${name} (needs TLC: ${found.missing})`, () => {
    test("TLC is there", () => {
      throw new Error(`in CI nothing is skipped: ${found.missing}`);
    });
  });
}
