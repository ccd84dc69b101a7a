import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Assumption,
  compileModule,
  type Declaration,
  type Definition,
  type Level,
  type Place,
  readCompiled,
  type TlaModule,
  ToolError,
} from "../src/index.js";
import { temporalTree } from "./support/treeArbitraries.js";
import { builtin, expressionOf, number, variable } from "./support/trees.js";

const name = fc.stringMatching(/^[A-Za-z]\w{0,4}$/);
const arity = fc.nat({ max: 2 });
const line = fc.integer({ min: 1, max: 500 });
const level = fc.constantFrom<Level>(0, 1, 2, 3);

function placeFrom(module: string, first: number): Place {
  return { module, line: first, column: 1, endLine: first + 9, endColumn: 20 };
}

const declaration: fc.Arbitrary<Declaration> = fc
  .record({ name, arity, line })
  .map((of) => ({ name: of.name, arity: of.arity, place: placeFrom("Model", of.line) }));

const assumption: fc.Arbitrary<Assumption> = fc
  .record({ name: fc.option(name, { nil: undefined }), tree: temporalTree, line })
  .map((of) => ({
    name: of.name,
    body: expressionOf(of.tree, "Model", of.line),
    place: placeFrom("Model", of.line),
  }));

const definition: fc.Arbitrary<Definition> = fc
  .record({
    name,
    parameters: fc.array(fc.record({ name, arity })),
    tree: temporalTree,
    level,
    isRecursive: fc.boolean(),
    line,
  })
  .map(({ tree, line: first, ...rest }) => ({
    ...rest,
    body: expressionOf(tree, "Model", first),
    place: placeFrom("Model", first),
  }));

const module: fc.Arbitrary<TlaModule> = fc.record({
  name: fc.constant("Model"),
  sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
  extends: fc.array(name),
  constants: fc.array(declaration),
  variables: fc.array(declaration),
  assumptions: fc.array(assumption, { maxLength: 3 }),
  definitions: fc.array(definition, { maxLength: 5 }),
});

/** A small module whose definitions begin so many lines further down. */
function example(shift: number): TlaModule {
  const definitions = [3, 8].map((first) => ({
    name: `D${first}`,
    parameters: [],
    body: expressionOf(builtin("=", variable("x"), number(first)), "Model", first + shift),
    level: 1 as const,
    isRecursive: false,
    place: placeFrom("Model", first + shift),
  }));
  const declared = { name: "x", arity: 0, place: placeFrom("Model", 1) };
  const none = { extends: [], constants: [], assumptions: [] };
  return { name: "Model", sha256: "00", ...none, variables: [declared], definitions };
}

const compiled = compileModule(example(0));

function errorOf(text: string): unknown {
  try {
    return readCompiled(text, "compiled/Model.json");
  } catch (error) {
    return error;
  }
}

describe("compileModule and readCompiled", () => {
  it("give every module back as it was", () => {
    const property = fc.property(module, (of) => {
      expect(readCompiled(compileModule(of), "Model.json")).toEqual(of);
    });
    fc.assert(property);
  });

  it("have each unit on one line, which stays when it moves", () => {
    const [before, after] = [compiled, compileModule(example(5))].map((text) => text.split("\n"));
    const changed = before?.filter((text, index) => text !== after?.[index]);
    expect(before?.length).toBe(after?.length);
    expect(changed).toEqual(['"lines": [[],[1],[],[3,8]],']);
    expect(before?.filter((text) => /^\["D\d"/.test(text))).toHaveLength(2);
  });

  it.each<[string, string, string | RegExp, string]>([
    ["no JSON", "{", /^/, "JSON"],
    ["a text that is cut off", "", /\]\n\}\n$/, "JSON"],
    ["no object", "3", /^[\s\S]*$/, "an object expected, and not 3"],
    ["a list", "[]", /^[\s\S]*$/, "format 1 expected, and not nothing"],
    ["another version", '"format": 2', '"format": 1', "format 1 expected, and not 2"],
    ["no name", '"module": 7', '"module": "Model"', "a text expected, and not 7"],
    ["a hash that is no text", '"sha256": 0', '"sha256": "00"', "a text expected, and not 0"],
    ["no list of modules", '"extends": {}', '"extends": []', "a list expected"],
    ["a line too few", "[3]]", "[3,8]]", "a list of 2 expected, and not [3]"],
    ["a line that is no number", '[3,"8"]]', "[3,8]]", "an integer from 0 expected"],
    ["a definition without a part", '["D3",1,', /\["D3",1,\[.*?\],/, "a list of 6 expected"],
    ["an arity below 0", '["x",-1', '["x",0', "an integer from 0 expected, and not -1"],
    ["no place", '["x",0,[0,1,9]]', /\["x",0,.*\]/, "a list of 4 expected"],
    ["a level that there is not", '["D3",4', '["D3",1', "a level expected, and not 4"],
    ["a flag that is none", ",[],0,", ",[],false,", "true or false expected, and not 0"],
    ["an unknown kind", '["sum"', '["builtin"', 'a kind of expression expected, and not "sum"'],
    ["an unknown operator", '"$Seq",', '"=",', "an operator of the language expected"],
    [
      "an operand that is no expression",
      "7",
      /\["number",\d,\[.*?\],3\]/,
      "a list expected, and not 7",
    ],
    ["a name that is no text", ',["x"],', ',"x",', 'a text expected, and not ["x"]'],
    ["a number below 0", ",-3]", ",3]", "an integer from 0 expected, and not -3"],
  ])("refuse %s", (_, replacement, pattern, found) => {
    const text = compiled.replace(pattern, replacement);
    expect(text).not.toBe(compiled);
    expect(errorOf(text)).toMatchObject({
      code: "TLA_COMPILED_INVALID",
      where: "compiled/Model.json",
      found: expect.stringContaining(found),
    });
  });

  it("answer any damage with a module or the coded error", () => {
    const places = [...compiled.matchAll(/\d+|"\w+"|\[\]|false/g)];
    const property = fc.property(fc.constantFrom(...places), fc.jsonValue(), (at, value) => {
      const after = compiled.slice(at.index + at[0].length);
      const answer = errorOf(compiled.slice(0, at.index) + JSON.stringify(value) + after);
      if (answer instanceof Error) expect(answer).toBeInstanceOf(ToolError);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
