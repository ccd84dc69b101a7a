import { beforeAll, describe, expect, it } from "vitest";
import {
  type ActionCoverage,
  type EmbeddedResult,
  formatState,
  type ParsedSpec,
  readCfg,
  runEmbedded,
  runTlc,
  type TlcResult,
  type TlcTools,
} from "../../src/index.js";
import { parseText } from "../support/evaluating.js";
import { describeTlc } from "../support/realTlc.js";
import { Sandbox } from "../support/sandbox.js";
import { HEAD, MODELS, numbered, OWN_MODULES, type Row } from "./models.js";

const rows = MODELS.map(numbered);
const shared = HEAD + rows.map(({ body }) => body).join("\n");
const ALL = [
  ...rows.map((row) => ({ ...row, module: shared })),
  ...OWN_MODULES.map((row) => ({ ...row, module: HEAD + row.body })),
];

type Result = EmbeddedResult | TlcResult;

/** What an engine says, in the form in which a row has it. */
function said(result: Result, row: Row) {
  const { verdict, generated, distinct, depth, trace, coverage } = result;
  const last = trace.at(-1);
  return {
    kind: verdict.kind,
    violates: "name" in verdict ? verdict.name : undefined,
    counts: row.counts && [generated, distinct, depth],
    trace:
      last &&
      trace
        .slice(1)
        .map(({ action }) => action)
        .join(" "),
    last: last && formatState(last.state),
    steps: row.steps && stepsOf(coverage),
  };
}

const stepsOf = (coverage: readonly ActionCoverage[]): string =>
  coverage
    .filter(({ kind }) => kind === "next")
    .map(({ name, generated, distinct }) => `${name} ${generated}:${distinct}`)
    .join(", ");

const expected = ({ kind, violates, counts, trace, last, steps }: Row) => {
  return { kind, violates, counts, trace, last, steps };
};

function runTlcOn(tools: TlcTools, module: string, cfg: string): Promise<TlcResult> {
  const box = new Sandbox();
  return runTlc({
    spec: box.model("Model", module, cfg),
    tools,
    coverage: true,
    env: box.environment(),
    isShort: true,
  });
}

describeTlc("a verdict of runEmbedded", (tools) => {
  const parsed = new Map<string, ParsedSpec>();
  beforeAll(async () => {
    for (const { module } of ALL) {
      if (!parsed.has(module)) parsed.set(module, await parseText(tools, module));
    }
  });

  const own = async ({ module, cfg }: (typeof ALL)[number]): Promise<EmbeddedResult> => {
    const spec = parsed.get(module);
    if (spec === undefined) throw new Error("the module was not parsed");
    return runEmbedded({ spec, cfg: readCfg(cfg, "Model.cfg") });
  };

  describe.each(ALL)("on $name", (row) => {
    it("is TLC's, with its counts, actions and last state", async () => {
      expect(said(await own(row), row)).toEqual(expected(row));
    });
  });

  it.each(ALL.filter(({ withTlc }) => withTlc))("is TLC's indeed: $name", async (row) => {
    const [ours, theirs] = await Promise.all([own(row), runTlcOn(tools, row.module, row.cfg)]);
    expect(said(theirs, row)).toEqual(expected(row));
    const places = ({ trace }: Result) =>
      trace.map(({ location, state }) => [
        location && [location.line, location.column, location.endLine, location.endColumn],
        formatState(state),
      ]);
    expect(places(ours)).toEqual(places(theirs));
  });
});
