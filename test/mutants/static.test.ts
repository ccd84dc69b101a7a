/** Defects seeded in src/ that no run of the code need show: the static rules catch them. */
import { beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../verify/model/paths.js";
import { checkedProject, loadFiles } from "../../verify/static/checkedProject.js";
import type { Finding } from "../../verify/static/finding.js";
import { findingText, runRules } from "../../verify/static/runRules.js";
import type { Files } from "../../verify/static/texts.js";
import { mutate } from "./mutate.js";
import type { CodeMutant } from "./mutatedCode.js";

interface StaticMutant extends CodeMutant {
  readonly rule: string;
}

const mutants: readonly StaticMutant[] = [
  {
    name: "guest_vers is read as if a lock protected it",
    file: "negotiateVersion.ts",
    find: 'accessOnce(ctx.guestVers, "RereadGuestVers")',
    replace: 'readCell(ctx.guestVers, "RereadGuestVers")',
    rule: "access-once",
  },
  {
    name: "guest_vers is read twice where one value is needed",
    file: "partitionInfo.ts",
    find: "const flags = call[5];",
    replace: `const flags = call[5];
  if ((yield* accessOnce(ctx.guestVers, "ReadEntryVers")) === 1) return success(0, 0);`,
    rule: "single-read",
  },
  {
    name: "a step has a name that the spec does not know",
    file: "negotiateVersion.ts",
    find: '"WriteVersTmp"',
    replace: '"StoreVersTmp"',
    rule: "action-labels",
  },
  {
    name: "a module keeps a count of its own",
    file: "domainTeardown.ts",
    find: `function* domainTeardown(mediator: MediatorState, ctx: Context): Protocol<void> {
`,
    replace: `let teardowns = 0;
function* domainTeardown(mediator: MediatorState, ctx: Context): Protocol<void> {
  teardowns++;
`,
    rule: "shared-through-sync",
  },
  {
    name: "protocol code looks at the clock",
    file: "domainTeardown.ts",
    find: "  if (options.vmToVm) {\n",
    replace: "  if (options.vmToVm && Date.now() >= 0) {\n",
    rule: "pure-core",
  },
  {
    name: "an operation is made and not yielded",
    file: "rxtx.ts",
    find: '  yield* writeCell(ctx.rxState, RX_FREE, "GiveRx");',
    replace: '  writeCell(ctx.rxState, RX_FREE, "GiveRx");',
    rule: "steps-are-yielded",
  },
];

describe("a defect seeded in the code is caught by a static rule", () => {
  let files: Files;
  let before: ReadonlySet<string>;
  beforeAll(() => {
    files = loadFiles(projectRoot);
    before = new Set(findingsOf(files).map(findingText));
  });

  const findingsOf = (of: Files): readonly Finding[] => runRules(checkedProject(of)).findings;

  for (const { name, file, rule, ...change } of mutants) {
    test(`${name} (${rule})`, () => {
      const path = `src/${file}`;
      const mutated = new Map(files).set(path, mutate(files.get(path) ?? "", change));
      const found = findingsOf(mutated).filter((finding) => !before.has(findingText(finding)));
      expect(found.map((finding) => `${finding.file}: ${finding.rule}`)).toContain(
        `${path}: ${rule}`,
      );
    });
  }
});
