import { beforeAll, describe, expect, it } from "vitest";
import {
  type ActionCoverage,
  type EmbeddedResult,
  formatState,
  type ParsedSpec,
  readCfg,
  runEmbedded,
  type TlcOutcome,
} from "../../src/index.js";
import { readRecorded } from "../logs/recorded.js";
import { parseText } from "../support/evaluating.js";
import { describeTlc } from "../support/realTlc.js";
import { ROWS, type Row } from "./models.js";

type Result = EmbeddedResult | TlcOutcome;

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

describeTlc("a verdict of runEmbedded", (tools) => {
  const parsed = new Map<string, ParsedSpec>();
  beforeAll(async () => {
    for (const { body } of ROWS) {
      if (!parsed.has(body)) parsed.set(body, await parseText(tools, body));
    }
  });

  const own = async ({ body, cfg }: Row): Promise<EmbeddedResult> => {
    const spec = parsed.get(body);
    if (spec === undefined) throw new Error("the module was not parsed");
    return runEmbedded({ spec, cfg: readCfg(cfg, "Model.cfg") });
  };

  describe.each(ROWS)("on $name", (row) => {
    it("is TLC's, with its counts, actions and last state", async () => {
      expect(said(await own(row), row)).toEqual(expected(row));
    });
  });

  it.each(ROWS.filter(({ differs }) => differs !== true))("is TLC's indeed: $name", async (row) => {
    const [ours, theirs] = await Promise.all([own(row), readRecorded(row.recorded)]);
    expect(said(theirs, row)).toEqual(expected(row));
    const places = ({ trace }: Result) =>
      trace.map(({ location, state }) => [
        location && [location.line, location.column, location.endLine, location.endColumn],
        formatState(state),
      ]);
    expect(places(ours)).toEqual(places(theirs));
  });
});
