/** `ffa-verify tools`: which Java, which jar, and why. */
import { describeTools, type PassedOver, ToolError } from "tla2tools-runner";
import type { ExitCode } from "../support/comparison.js";
import { ALL_AS_EXPECTED, BAD_USAGE_OR_TOOL, print, printJson } from "./common.js";

export async function toolsCommand(options: { readonly json?: boolean }): Promise<ExitCode> {
  const { java, jar } = await describeTools();
  const ok = !(java instanceof ToolError) && !(jar instanceof ToolError);
  if (options.json) {
    printJson({ command: "tools", ok, java, jar });
  } else {
    if (java instanceof ToolError) print(java.format());
    else {
      print(`Java ${java.version}: ${java.path}`);
      printPassedOver(java.passedOver);
    }
    if (jar instanceof ToolError) print(jar.format());
    else {
      print(`TLC jar: ${jar.path}`);
      print(`  version ${jar.version ?? "not known to the runner"}, SHA-256 ${jar.sha256}`);
      print(`  from ${jar.source}`);
      printPassedOver(jar.passedOver);
    }
    if (!ok) print("Without them the embedded engine serves the models marked small.");
  }
  return ok ? ALL_AS_EXPECTED : BAD_USAGE_OR_TOOL;
}

function printPassedOver(passedOver: readonly PassedOver[] | undefined): void {
  for (const { source, reason } of passedOver ?? []) print(`  passed over ${source}: ${reason}`);
}
