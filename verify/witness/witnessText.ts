/** Findings as the text that is kept and reviewed: model/witnesses.txt. */
import type { Findings, Witness } from "./findWitnesses.js";

/** Of the file as it is kept: what it was made from. */
export const madeFrom = (digest: string): string => `Made from ${digest}.`;

const headOf = (
  digest: string,
): string => `Made by \`npm run witnesses\` from the properties as they are.  \`npm test\` compares
the number of what it is made from, and \`npm run check\` all of it where CI is set.
${madeFrom(digest)}

A property is asked about the states or the steps of the behaviors in verify/witness/behaviors.ts,
and about those with one cell changed.  First it is said how many it rejects, by the variable that
is changed, with a digest of which.  A weaker text rejects fewer: a number that goes down, or a line
below it that goes away, must be meant.

Each line below tells the property from itself with some part left out.  It names a behavior and a
state of it, by number from 1, or a step by the state that it leads to, and the cell that is changed
there; without one it is the behavior's own.  What is left out makes the verdict another.
`;

/** Beside the modules. */
export const WITNESSES_FILE = "witnesses.txt";

const WIDTH = 100;

/** @param digest Of what they were made from. */
export function witnessText(all: readonly Findings[], digest: string): string {
  return [headOf(digest), ...all.map((findings) => `${propertyLines(findings).join("\n")}\n`)].join(
    "\n",
  );
}

function propertyLines(findings: Findings): readonly string[] {
  const { property, samples, rejected, digest, witnesses } = findings;
  const total = [...rejected.values()].reduce((sum, count) => sum + count, 0);
  const counts = [...rejected].map(([variable, count]) => `${variable || "as it is"} ${count}`);
  const own = witnesses.filter(({ cell }) => cell === "");
  const changed = witnesses.filter(({ cell }) => cell !== "");
  return [
    ...wrapped(`${property} rejects ${total} of ${samples}:`, counts, ","),
    `  digest ${digest.copy().digest("hex").slice(0, 16)}`,
    ...ownLines(own),
    ...changedLines(changed),
  ];
}

const verb = ({ isRejected }: Witness): string => (isRejected ? "rejects" : "takes");

/** One line for each behavior: `takes siblings: 4, 9`. */
function ownLines(witnesses: readonly Witness[]): readonly string[] {
  const places = grouped(witnesses, (witness) => `  ${verb(witness)} ${witness.behavior}:`);
  return [...places].flatMap(([place, all]) => {
    const numbers = all.map(({ at }) => at).sort((a, b) => a - b);
    return wrapped(place, numbers.map(String), ",");
  });
}

/** One for each state: `rejects siblings 12: rxLock[1] := 0 | 2; pc[1] := "idle"`. */
function changedLines(witnesses: readonly Witness[]): readonly string[] {
  const places = grouped(
    witnesses,
    (witness) => `  ${verb(witness)} ${witness.behavior} ${witness.at}:`,
  );
  return [...places].flatMap(([place, changes]) => {
    const cells = grouped(changes, ({ cell }) => cell);
    const texts = [...cells].map(([cell, values]) => {
      return `${cell} := ${values.map(({ value }) => value).join(" | ")}`;
    });
    return wrapped(place, texts, ";");
  });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** A list behind a word, in lines that fit; a list goes on four columns further in. */
function wrapped(start: string, items: readonly string[], separator: string): readonly string[] {
  const indent = " ".repeat(start.length - start.trimStart().length + 4);
  const words = items.map((item, i) => (i + 1 < items.length ? item + separator : item));
  return words
    .join(" ")
    .split(" ")
    .reduce<string[]>(
      (lines, word) => {
        const last = lines[lines.length - 1];
        if (last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(indent + word);
        return lines;
      },
      [start],
    );
}
