/** What each actor may do next, and what keeps it from that, for people and as data. */
import type { ModelRun } from "../check/modelRun.js";
import { Guards, refusalsText, type Standing } from "../explain/guards.js";
import { type Asking, choicesText } from "../replay/machine.js";
import { traceStateText } from "../replay/replayTrace.js";
import { colors } from "./screen.js";
import { formatTable } from "./table.js";

/** @param asking Who goes on as the environment chooses, where that is known. */
export function formatStandings(
  standings: readonly Standing[],
  asking: readonly Asking[] = [],
): string {
  return formatTable(
    [{ title: "next" }, { title: "action" }, { title: "" }],
    standings.map((standing) => {
      return [standing.actor.name, standing.action, standingText(standing, asking)];
    }),
  );
}

function standingText(standing: Standing, all: readonly Asking[]): string {
  const { isKnown, refusals, actor } = standing;
  if (!isKnown) return colors.red("the spec has no such action");
  if (refusals.length > 0) return `${colors.yellow("waits:")} ${refusalsText(refusals)}`;
  const asking = askingOf(standing, all);
  const which = asking === undefined ? "" : ` ${choicesText(actor.number, asking.statuses)}`;
  return `${colors.green("enabled")}${which}`;
}

const askingOf = ({ actor, action }: Standing, all: readonly Asking[]): Asking | undefined =>
  all.find((asking) => asking.actor === actor.number && asking.action === action);

/**
 * The first way to take the step beside the action, and where there are more, all the others.
 *
 * @param all As `formatStandings` takes it.
 */
export function standingJson(standing: Standing, all: readonly Asking[] = []): object {
  const { actor, action, isKnown, refusals } = standing;
  if (!isKnown) return { actor: actor.number, action, enabled: false, unknown: true };
  const [first, ...others] = refusals.map(({ place, text, reads }) => {
    const where = `${place.module}.tla:${place.line}:${place.column}`;
    return { where, conjunct: text, reads };
  });
  if (first === undefined) {
    const asking = askingOf(standing, all);
    const choices = asking && { choices: asking.statuses };
    return { actor: actor.number, action, enabled: true, ...choices };
  }
  const more = others.length === 0 ? {} : { others };
  return { actor: actor.number, action, enabled: false, ...first, ...more };
}

/** Where a run ends in a deadlock: what keeps each actor from going on. Else nothing. */
export function standingsAtEnd({ model, check, replay }: ModelRun): readonly Standing[] {
  const last = check.trace.at(-1);
  if (check.verdict !== "deadlock" || last === undefined || replay === undefined) return [];
  return new Guards(model).standings(replay.system, traceStateText(last));
}
