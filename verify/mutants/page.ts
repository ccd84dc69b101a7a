/** docs/mutants.md: the last results of the mutation tester, and a reason for each survivor. */
import { z } from "zod";
import { LEAST_SCORE, type PartName, parts } from "./parts.js";
import { type FolderResult, type Results, type Survivor, score, sum } from "./result.js";

/** Why nothing notices the changes of a line. */
export const reasons = z.array(
  z.strictObject({
    file: z.string(),
    /** The line, without the spaces around it: its number may change. */
    code: z.string(),
    /** What the change makes of it; every change of the line without it. */
    now: z.string().optional(),
    reason: z.string().min(1),
  }),
);
export type Reasons = z.infer<typeof reasons>;

const HEAD = [
  "# Mutants",
  "",
  [
    "What `npm run mutants -- code` found when it was last run, by part. The mutation tester is",
    "Stryker ([ADR 0008](adr/0008-mutation-tester.md)); `verify/mutants/parts.ts` says what it",
    "changes and which tests it runs: only fast ones that start no process, so the whole suite may",
    "notice more.",
  ].join(" "),
  "",
  "- A mutant is one change of the code: killed when a test fails, timed out when the tests no",
  "  longer end, survived when all pass or none runs it.",
  `- The score: of 100 mutants, how many are killed or timed out; ${LEAST_SCORE} are to be.`,
  "- Static: changes of what runs once, while a file is loaded; they are not tried.",
  "- Left: what a run that ended early did not come to, or what ended the process of the tests,",
  "  so that the score is of the others.",
  "- A commit with `+` was measured with changes on top.",
  "",
];

/** The page. Parts that were not measured are named as such. */
export function mutantsPage(results: Results, why: Reasons): string {
  const rows = Object.entries(parts).flatMap(([name]) => rowsOf(name as PartName, results));
  const table = [
    "| part | commit | folder | mutants | killed | timed out | survived | score | static | left |",
    "|---|---|---|---|---|---|---|---|---|---|",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
  ];
  const survivors = Object.values(results).flatMap((result) => result.survivors);
  const listed = survivors.map((each) => survivorText(each, reasonOf(each, why)));
  return [...HEAD, ...table, "", "## Survivors", "", ...listed, ""].join("\n");
}

function rowsOf(name: PartName, results: Results): readonly (readonly string[])[] {
  const result = results[name];
  if (result === undefined) return [[name, "not measured", "", "", "", "", "", "", "", ""]];
  return Object.entries(result.folders).map(([folder, counts]) => {
    return [name, result.commit, `\`${folder}/\``, ...cellsOf(counts)];
  });
}

function cellsOf(counts: FolderResult): readonly string[] {
  const { killed, timedOut, survived } = counts;
  const all = [killed + timedOut + survived, killed, timedOut, survived].map(String);
  return [...all, score(counts).toFixed(1), String(counts.static), String(counts.left)];
}

function survivorText({ file, line, was, now }: Survivor, reason = "no reason is known"): string {
  return `- \`${file}:${line}\`: ${quoted(was)} -> ${quoted(now)}: ${reason}`;
}

/** As code, with as many backquotes around it as it needs. */
function quoted(text: string): string {
  if (text === "") return "nothing";
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

const isOf =
  ({ file, code, now }: Survivor) =>
  (reason: Reasons[number]): boolean =>
    reason.file === file &&
    reason.code === code &&
    (reason.now === undefined || reason.now === now);

const reasonOf = (survivor: Survivor, why: Reasons): string | undefined =>
  why.find(isOf(survivor))?.reason;

/** What keeps the results from being good: one line each. */
export function complaints(results: Results, why: Reasons): readonly string[] {
  const all = Object.entries(results);
  const low = all.flatMap(([part, { folders }]) => {
    const found = score(sum(Object.values(folders)));
    return found >= LEAST_SCORE ? [] : [`${part}: ${found.toFixed(1)} of 100 are noticed`];
  });
  const survivors = all.flatMap(([, result]) => result.survivors);
  const unexplained = survivors.filter((survivor) => reasonOf(survivor, why) === undefined);
  const idle = why.filter((reason) => !survivors.some((each) => isOf(each)(reason)));
  const early = all.flatMap(([part, { folders }]) => {
    const { left } = sum(Object.values(folders));
    return left === 0 ? [] : [`${part}: ${left} left, as the run or the tests ended early`];
  });
  return [
    ...low,
    ...early,
    ...unexplained.map(({ file, line, was, now }) => `${file}:${line}: survived: ${was} -> ${now}`),
    ...idle.map(({ file, code }) => `${file}: a reason for what did not survive: ${code}`),
  ];
}
