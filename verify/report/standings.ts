/** What each actor may do next, and what keeps it from that, for people and as data. */
import type { ModelRun } from "../check/modelRun.js";
import { Guards, refusalsText, type Standing } from "../explain/guards.js";
import { traceStateText } from "../replay/replayTrace.js";
import { colors } from "./screen.js";
import { formatTable } from "./table.js";

export function formatStandings(standings: readonly Standing[]): string {
  return formatTable(
    [{ title: "next" }, { title: "action" }, { title: "" }],
    standings.map((standing) => [standing.actor.name, standing.action, standingText(standing)]),
  );
}

function standingText({ isKnown, refusals }: Standing): string {
  if (!isKnown) return colors.red("the spec has no such action");
  if (refusals.length === 0) return colors.green("enabled");
  return `${colors.yellow("waits:")} ${refusalsText(refusals)}`;
}

/** The first way to take the step beside the action, and where there are more, all the others. */
export function standingJson({ actor, action, isKnown, refusals }: Standing): object {
  if (!isKnown) return { actor: actor.number, action, enabled: false, unknown: true };
  const [first, ...others] = refusals.map(({ place, text, reads }) => {
    const where = `${place.module}.tla:${place.line}:${place.column}`;
    return { where, conjunct: text, reads };
  });
  if (first === undefined) return { actor: actor.number, action, enabled: true };
  const more = others.length === 0 ? {} : { others };
  return { actor: actor.number, action, enabled: false, ...first, ...more };
}

/** Where a run ends in a deadlock: what keeps each actor from going on. Else nothing. */
export function standingsAtEnd({ model, check, replay }: ModelRun): readonly Standing[] {
  const last = check.trace.at(-1);
  if (check.verdict !== "deadlock" || last === undefined || replay === undefined) return [];
  return new Guards(model).standings(replay.system, traceStateText(last));
}
