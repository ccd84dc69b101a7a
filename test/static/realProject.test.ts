/** The rules on the project itself, and on the project with one defect seeded into it. */
import { expect, test } from "vitest";
import { projectRoot } from "../../verify/model/paths.js";
import { checkedProject, loadFiles } from "../../verify/static/checkedProject.js";
import { rules } from "../../verify/static/rules/index.js";
import { findingText, runRules } from "../../verify/static/runRules.js";
import type { Files } from "../../verify/static/texts.js";

const files = loadFiles(projectRoot);

test("the project keeps every rule, and every rule has looked at something", () => {
  const result = runRules(checkedProject(files));
  expect(result.findings.map(findingText)).toEqual([]);
  expect(result.rules.filter(({ places }) => places === 0)).toEqual([]);
});

interface Seed {
  readonly rule: string;
  readonly defect: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** A primitive that the file does not import yet. */
  readonly imports?: string;
  /** What one finding must say. */
  readonly says: string;
}

const seeds: readonly Seed[] = [
  {
    rule: "access-once",
    defect: "the entry reads guest_vers plainly",
    file: "src/mediator.ts",
    from: 'accessOnce(ctx.guestVers, "ReadGuestVers")',
    to: 'readCell(ctx.guestVers, "ReadGuestVers")',
    imports: "readCell",
    says: "readCell touches guest_vers",
  },
  {
    rule: "access-once",
    defect: "the publishing store is a plain one",
    file: "src/contextList.ts",
    from: 'storeOnce(ctx.guestVers, version, "PublishGuestVers")',
    to: 'writeCell(ctx.guestVers, version, "PublishGuestVers")',
    imports: "writeCell",
    says: "writeCell touches guest_vers",
  },
  {
    rule: "access-once",
    defect: "guest_vers_tmp is read as if it were published",
    file: "src/negotiateVersion.ts",
    from: 'readCell(ctx.guestVersTmp, "ReadVersTmp")',
    to: 'accessOnce(ctx.guestVersTmp, "ReadVersTmp")',
    says: "not declared accessOnce",
  },
  {
    rule: "access-once",
    defect: "guest_vers is no longer declared accessOnce",
    file: "src/context.ts",
    from: "accessOnce: true",
    to: "accessOnce: false",
    says: "which is not declared accessOnce",
  },
  {
    rule: "single-read",
    defect: "the entry reads guest_vers twice before dispatch",
    file: "src/mediator.ts",
    from: "  switch (functions.get(call[0])) {",
    to: '  yield* accessOnce(ctx.guestVers, "ReadGuestVers");\n  switch (functions.get(call[0])) {',
    says: "is read again",
  },
  {
    rule: "single-read",
    defect: "the flags are tested with a third value of the version",
    file: "src/partitionInfo.ts",
    from: "  const count = yield* countPartitions(mediator, asked);",
    to: '  yield* accessOnce(ctx.guestVers, "ReadFlagVers");\n  const count = yield* countPartitions(mediator, asked);',
    says: "it was read at src/partitionInfo.ts:",
  },
  {
    rule: "guarded-write",
    defect: "negotiation forgets the lock",
    file: "src/negotiateVersion.ts",
    from: '  yield* spinLock(ctx.guestVersLock, "LockGuestVers");\n',
    to: "",
    says: "writes guest_vers_tmp (guestVersTmp) without holding guestVersLock",
  },
  {
    rule: "guarded-write",
    defect: "the lock is released before the version is noted",
    file: "src/negotiateVersion.ts",
    from: "    const settled =",
    to: '    yield* spinUnlock(ctx.guestVersLock, "UnlockToReturn");\n    const settled =',
    says: "without holding guestVersLock",
  },
  {
    rule: "guarded-write",
    defect: "RX is taken behind the unlocking",
    file: "src/rxtx.ts",
    from: '  yield* writeCell(ctx.rxState, fillingState(options), "TakeRx");\n  yield* spinUnlock(ctx.rxLock, "UnlockRxTaken");',
    to: '  yield* spinUnlock(ctx.rxLock, "UnlockRxTaken");\n  yield* writeCell(ctx.rxState, fillingState(options), "TakeRx");',
    says: "writes rx_is_free (rxState) without holding rxLock",
  },
  {
    rule: "action-labels",
    defect: "teardown marks the domain under another name",
    file: "src/domainTeardown.ts",
    from: '"SetDying"',
    to: '"MarkDying"',
    says: "the spec has no action MarkDying",
  },
  {
    rule: "action-labels",
    defect: "a step is dropped from the code",
    file: "src/domainTeardown.ts",
    from: '  yield* writeCell(ctx.isDying, 1, "SetDying");\n',
    to: "",
    says: "no step of src/ has the label of the action SetDying",
  },
  {
    rule: "action-labels",
    defect: "an action is taken out of the disjunction",
    file: "model/compiled/Rxtx.json",
    from: '],"GiveRx",[["parameter"',
    to: '],"TakeRx",[["parameter"',
    says: "the spec has no action GiveRx",
  },
  {
    rule: "label-places",
    defect: "a step has the label of another",
    file: "src/rxtx.ts",
    from: '"UnlockRxBusy"',
    to: '"ReadRxToAcquire"',
    says: "ReadRxToAcquire is unlock of rx_lock (rxLock) here",
  },
  {
    rule: "label-places",
    defect: "a function is renamed and the table is not",
    file: "src/domainTeardown.ts",
    from: "domainTeardown(mediator",
    to: "tearDown(mediator",
    says: "the table says domainTeardown.ts:domainTeardown",
  },
  {
    rule: "variables-mirrored",
    defect: "the spec has a variable that nothing mirrors",
    file: "model/compiled/Context.json",
    from: '["vmCount",0,',
    to: '["vmTotal",0,',
    says: "variables-mirrored: the variable vmTotal is not in the correspondence",
  },
  {
    rule: "variables-mirrored",
    defect: "a new field of the context has no variable",
    file: "src/context.ts",
    from: "    rxLock,\n",
    to: '    rxLock,\n    newLock: layout.spinlock("new_lock", id),\n',
    says: "no variable of the spec mirrors new_lock",
  },
  {
    rule: "document-up-to-date",
    defect: "the page is edited by hand",
    file: "docs/correspondence.md",
    from: "put_domain",
    to: "drop_domain",
    says: "put_domain",
  },
  {
    rule: "compiled-up-to-date",
    defect: "the spec is edited and not compiled",
    file: "model/Context.tla",
    from: "    vmCount,  ",
    to: "    vmCount, ",
    says: "model/Context.tla:1:1: compiled-up-to-date: the text has changed",
  },
  {
    rule: "spec-not-restated",
    defect: "the explorer has one invariant of its own",
    file: "verify/explore/exploreModel.ts",
    from: "  const names = [...model.invariants, ...model.properties];\n  const watched",
    to: '  const names = [...model.invariants, "CountIsLengthInv"];\n  const watched',
    says: "the code names CountIsLengthInv",
  },
  {
    rule: "pure-core",
    defect: "negotiation looks at the clock",
    file: "src/negotiateVersion.ts",
    from: "  const { options } = mediator;",
    to: "  const { options } = mediator;\n  if (Date.now() === 0) return null;",
    says: "src/ uses a clock: Date",
  },
  {
    rule: "imports-inside",
    defect: "the core imports a tool",
    file: "src/mediator.ts",
    from: "./version.js",
    to: "../verify/support/verifyError.js",
    says: "which is not a file of src/",
  },
  {
    rule: "import-layers",
    defect: "the engine asks the mediator",
    file: "verify/engine/packing.ts",
    from: "./explorable.js",
    to: "../mediator/system.js",
    says: "verify/engine may not import verify/mediator: verify/mediator/system.ts",
  },
  {
    rule: "import-layers",
    defect: "the comparison reaches past the plug",
    file: "verify/conform/conform.ts",
    from: "../../src/sync/index.js",
    to: "../../src/index.js",
    says: "verify/conform may not import src: src/index.ts",
  },
  {
    rule: "no-import-circles",
    defect: "a type is taken from where it is used",
    file: "verify/engine/localProfile.ts",
    from: "export interface",
    to: 'import type { Explorable } from "./explorable.js";\nexport interface',
    says: "verify/engine/explorable.ts -> verify/engine/localProfile.ts -> verify/engine/explorable.ts",
  },
  {
    rule: "steps-are-yielded",
    defect: "an unlock is called and not yielded",
    file: "src/rxtx.ts",
    from: 'yield* spinUnlock(ctx.rxLock, "UnlockRxBusy")',
    to: 'spinUnlock(ctx.rxLock, "UnlockRxBusy")',
    says: "its steps are not yielded",
  },
  {
    rule: "shared-through-sync",
    defect: "a listing notes something in the caller's context",
    file: "src/partitionInfo.ts",
    from: "  const version = yield*",
    to: "  Object.assign(ctx, { asked: true });\n  const version = yield*",
    says: "partitionInfo.ts:partitionInfoGet changes ctx",
  },
  {
    rule: "shared-through-sync",
    defect: "a module counts calls",
    file: "src/mediator.ts",
    from: "/** One SMCCC call",
    to: "let calls = 0;\n/** One SMCCC call",
    says: "a module keeps a variable",
  },
  {
    rule: "static-exception",
    defect: "the exception of the posted count loses its reason",
    file: "src/partitionInfo.ts",
    from: "single-read: the version is read a second time for the flags",
    to: "single-read:",
    says: "needs a rule and a reason",
  },
  {
    rule: "file-length",
    defect: "a file grows",
    file: "src/mediator.ts",
    from: "/** One SMCCC call",
    to: `${"\n".repeat(350)}/** One SMCCC call`,
    says: "350 are the most",
  },
  {
    rule: "line-length",
    defect: "a comment grows",
    file: "src/mediator.ts",
    from: "/** One SMCCC call",
    to: `/** ${"x".repeat(97)} */\n/** One SMCCC call`,
    says: "the line has 104 characters",
  },
  {
    rule: "plain-words",
    defect: "a comment uses a word that is avoided",
    file: "src/mediator.ts",
    from: "/** One SMCCC call",
    to: "/** One handshake",
    says: '"handshake" is avoided',
  },
];

test("every rule has a defect seeded for it", () => {
  const seeded = new Set(seeds.map(({ rule }) => rule));
  expect(rules.map(({ name }) => name).filter((name) => !seeded.has(name))).toEqual([]);
});

test.each(seeds)("$rule: $defect", ({ rule, file, from, to, imports, says }) => {
  const chosen = rules.filter(({ name }) => name === rule);
  const project = checkedProject(seeded(file, from, to, imports));
  const { findings } = runRules(project, chosen.length > 0 ? chosen : rules);
  const texts = findings.filter((finding) => finding.rule === rule).map(findingText);
  expect(texts.filter((text) => text.includes(says))).not.toEqual([]);
});

function seeded(file: string, from: string, to: string, imports?: string): Files {
  const text = files.get(file) ?? "";
  expect(text, `${file} no longer has what the defect replaces`).toContain(from);
  const more = imports ? `\nimport { ${imports} } from "./sync/index.js";\n` : "";
  return new Map(files).set(file, text.replaceAll(from, () => to) + more);
}
