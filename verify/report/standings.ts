/** What each actor may do next, and what keeps it from that, for people and as data. */
import { refusalText, type Standing } from "../explain/guards.js";
import { colors } from "./screen.js";
import { formatTable } from "./table.js";

export function formatStandings(standings: readonly Standing[]): string {
  return formatTable(
    [{ title: "next" }, { title: "action" }, { title: "" }],
    standings.map(({ actor, action, refusal }) => [
      actor.name,
      action,
      refusal === undefined
        ? colors.green("enabled")
        : `${colors.yellow("waits:")} ${refusalText(refusal)}`,
    ]),
  );
}

export function standingJson({ actor, action, refusal }: Standing): object {
  if (refusal === undefined) return { actor: actor.number, action, enabled: true };
  const { place, text, reads } = refusal;
  const where = `${place.module}.tla:${place.line}:${place.column}`;
  return { actor: actor.number, action, enabled: false, where, conjunct: text, reads };
}
