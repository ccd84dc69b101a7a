/** The trees of the whole model: their places are exact, and what is printed parses back. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Expression, formatExpression, parseModule, type TlaModule } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { modulesIn } from "../../verify/model/compileSpecs.js";
import { loadSpec } from "../../verify/model/loadSpec.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { bare, flattened, walk } from "../../verify/tla2tools-runner/test/support/trees.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const names = modulesIn(modelDirectory);
const modules = await Promise.all(names.map(moduleNamed));

async function moduleNamed(name: string): Promise<TlaModule> {
  const { modules } = await loadSpec(modelDirectory, name, { env: { PATH: "" } });
  const module = modules.find((other) => other.name === name);
  if (module === undefined) throw new Error(`no module ${name}`);
  return module;
}

type Bodies = Pick<TlaModule, "definitions" | "assumptions">;

const bodiesOf = ({ definitions, assumptions }: Bodies): readonly Expression[] =>
  [...definitions, ...assumptions].map(({ body }) => body);

/** What an expression must begin with where it is one word; undefined where it is more. */
function wordOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "number":
      return String(expression.value);
    case "constant":
    case "variable":
    case "parameter":
    case "definition":
      return expression.name.startsWith("_") ? undefined : expression.name;
    case "builtin":
      return /^[A-Z]{2,}$/.test(expression.operator) ? expression.operator : undefined;
    default:
      return undefined;
  }
}

describe.each(modules)("the trees of $name", ({ name, ...module }) => {
  test("lie exactly where their text is", () => {
    const lines = readFileSync(join(modelDirectory, `${name}.tla`), "utf8").split("\n");
    let words = 0;
    for (const body of bodiesOf(module)) {
      walk(body, (expression) => {
        const word = wordOf(expression);
        if (word === undefined) return;
        const { line, column, endLine, endColumn, module: of } = expression.place;
        expect(of).toBe(name);
        expect(lines[line - 1].slice(column - 1, column - 1 + word.length)).toBe(word);
        const isWord = !("operands" in expression) || expression.operands.length === 0;
        if (isWord) expect([endLine, endColumn]).toEqual([line, column + word.length - 1]);
        words += 1;
      });
    }
    expect(words).toBeGreaterThan(5);
    for (const { name: defined, place } of module.definitions) {
      expect(lines[place.line - 1].slice(place.column - 1).startsWith(defined)).toBe(true);
    }
  });
});

describeWithTlc("the text that is printed for the model", (tools) => {
  const directory = temporaryDirectory();

  cpSync(modelDirectory, directory, { recursive: true });
  // What is extended is parsed with what extends it.
  const tops = modules.filter(({ name }) => !modules.some((other) => other.extends.includes(name)));

  /** All in one run of SANY, each in a module that extends the one that it is printed from. */
  async function reparsed(of: readonly TlaModule[]): Promise<readonly TlaModule[]> {
    const write = (name: string, above: readonly string[], text: string): string => {
      const spec = join(directory, `${name}.tla`);
      const head = `---- MODULE ${name} ----\nEXTENDS ${above.join(", ")}\n`;
      writeFileSync(spec, `${head}${text}\n====\n`);
      return spec;
    };
    const printed = of.map((module) => {
      const name = `Printed${module.name}`;
      write(name, [module.name], printedText(module));
      return name;
    });
    const spec = write("Printed", printed, "");
    return (await parseModule({ spec, tools })).modules;
  }

  test.each(tops.map(({ name }) => name))(
    "parses back to the trees of %s and below",
    async (top) => {
      const spec = await loadSpec(modelDirectory, top, { env: { PATH: "" } });
      const read = await reparsed(spec.modules);
      for (const { name, definitions } of spec.modules) {
        const printed = read.find((module) => module.name === `Printed${name}`);
        const [expected, found] = [definitions, printed?.definitions ?? []].map((all) =>
          all.map(({ body }) => flattened(bare(body))),
        );
        expect(found, name).toEqual(expected);
      }
    },
  );
});

/** The definitions of a module, each under a name that is no other's. */
function printedText({ name, definitions }: TlaModule): string {
  const lines = definitions.map(({ parameters, body }, index) => {
    const list = parameters.map((parameter) => parameter.name).join(", ");
    const head = `${name}Printed${index}${list === "" ? "" : `(${list})`}`;
    return `${head} == ${formatExpression(body)}`;
  });
  return lines.join("\n");
}
