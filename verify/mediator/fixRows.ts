/** What each fix is for: what breaks in the hardened design without it. */
import { FIX_MEANINGS, FIXES } from "../../src/fixes.js";
import type { ManifestEntry } from "../model/manifestEntry.js";

/**
 * Each fix as texts: its name, what it does, and every property that breaks without it, with the
 * states of a shortest trace. A fix without a model, or that nothing needs, has "nothing" there.
 */
export function fixRows(entries: readonly ManifestEntry[]): readonly (readonly string[])[] {
  return FIXES.map((fix) => {
    const breaks = entries.find(({ without }) => without === fix)?.breaks ?? {};
    const texts = Object.entries(breaks).map(([name, states]) => `${name} ${states}`);
    return [`\`${fix}\``, FIX_MEANINGS[fix], texts.join(", ") || "nothing"];
  });
}
