import { messageCodes as code } from "./messageCodes.js";
import { readAction } from "./readTrace.js";
import type { ModuleFiles } from "./SourceLocation.js";
import type { TlcMessage } from "./TlcMessage.js";
import type { ActionCoverage } from "./TlcResult.js";

/**
 * Reads the last coverage report: one entry for each action of Init and Next. An action that
 * occurs at several places of the next-state relation has an entry for each.
 */
export function readCoverage(
  messages: readonly TlcMessage[],
  files: ModuleFiles,
): ActionCoverage[] {
  let coverage: ActionCoverage[] = [];
  for (const message of messages) {
    switch (message.code) {
      case code.TLC_COVERAGE_START:
        coverage = [];
        break;
      case code.TLC_COVERAGE_INIT:
        coverage.push(readEntry("init", message.text, files));
        break;
      case code.TLC_COVERAGE_NEXT:
        coverage.push(readEntry("next", message.text, files));
        break;
    }
  }
  return coverage;
}

function readEntry(kind: "init" | "next", text: string, files: ModuleFiles): ActionCoverage {
  const [, distinct, generated] = /: (\d+):(\d+)$/.exec(text) ?? [];
  const { action, location } = readAction(text, files);
  return {
    kind,
    name: action,
    module: location?.module,
    location,
    distinct: Number(distinct ?? 0),
    generated: Number(generated ?? 0),
  };
}
