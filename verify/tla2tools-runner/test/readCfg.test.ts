import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatValue, readCfg, ToolError } from "../src/index.js";

const MODELS = new URL("../../../model/", import.meta.url).pathname;

function errorOf(text: string): ToolError {
  try {
    readCfg(text, "a/M.cfg");
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("an error was expected");
}

describe("readCfg", () => {
  it("reads every keyword, in any order, and the place of each name", () => {
    const cfg = readCfg(
      `\\* A comment. INVARIANT No
SPECIFICATION Spec INIT Init
NEXT Next (* another
INVARIANT No *)
CONSTANT N = -3 Set = {1, "a b", x}
CONSTANTS Fun <- Real
  Flag = TRUE
INVARIANTS A B INVARIANT C
PROPERTIES P PROPERTY Q
CONSTRAINT S ACTION_CONSTRAINTS T
CHECK_DEADLOCK FALSE
SYMMETRY Sym VIEW V ALIAS Al POSTCONDITION Post
`,
      "a/M.cfg",
    );
    expect(cfg).toMatchObject({
      file: "a/M.cfg",
      specification: "Spec",
      init: "Init",
      next: "Next",
      invariants: ["A", "B", "C"],
      properties: ["P", "Q"],
      constraints: ["S"],
      actionConstraints: ["T"],
      checkDeadlock: false,
    });
    const constants = [...cfg.constants].map(([name, constant]) =>
      "value" in constant
        ? `${name} = ${formatValue(constant.value)}`
        : `${name} <- ${constant.definition}`,
    );
    expect(constants).toEqual(["N = -3", 'Set = {1, "a b", x}', "Fun <- Real", "Flag = TRUE"]);
    expect([...cfg.others]).toEqual([
      ["SYMMETRY", "Sym"],
      ["VIEW", "V"],
      ["ALIAS", "Al"],
      ["POSTCONDITION", "Post"],
    ]);
    const places = ["Spec", "N", "Set", "Real", "C", "T"].map((name) => cfg.places.get(name));
    expect(places).toEqual(
      ["2:15", "5:10", "5:17", "6:18", "8:26", "10:33"].map((place) => `a/M.cfg:${place}`),
    );
  });

  it("leaves open what the file does not say", () => {
    expect(readCfg("", "M.cfg")).toMatchObject({
      specification: undefined,
      init: undefined,
      next: undefined,
      invariants: [],
      constants: new Map(),
      checkDeadlock: undefined,
      others: new Map(),
    });
  });

  it("reads every cfg of the model", () => {
    const files = readdirSync(MODELS).filter((file) => file.endsWith(".cfg"));
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const cfg = readCfg(readFileSync(join(MODELS, file), "utf8"), file);
      expect(cfg.specification, file).toMatch(/Spec/);
      expect(cfg.constants.size, file).toBeGreaterThan(5);
      expect(cfg.invariants.length + cfg.properties.length, file).toBeGreaterThan(0);
    }
  });

  it.each<[string, string, string, string, string]>([
    [
      "a keyword that is none",
      "INVARIANT A\nINIT Init FOO bar",
      "a keyword of a configuration file",
      "FOO",
      "2:11",
    ],
    ["what is no word", "  INVARIANT A,\nB", "an identifier", ",", "1:14"],
    ["a constant without a value", "CONSTANT\n N", "`=`", "the end of the text", "2:3"],
    ["a constant with something else", "CONSTANT N : 3", "`=`", ": 3", "1:12"],
    [
      "a value that is none",
      "CONSTANT N = [x",
      "`|->`, `->`, `:` or `\\in`",
      "the end of the text",
      "1:16",
    ],
    ["a replacement in one module", "CONSTANT A <- [M] B", "the name of a definition", "[", "1:15"],
    ["a replacement by a keyword", "CONSTANT A <-\nINIT Init", "a name", "INIT", "2:1"],
    ["a name that is missing", "INIT", "a name", "the end of the file", "1:5"],
    ["a deadlock that is neither", "CHECK_DEADLOCK maybe", "TRUE or FALSE", "maybe", "1:16"],
    ["a deadlock without a word", "CHECK_DEADLOCK", "TRUE or FALSE", "the end of the file", "1:15"],
  ])("refuses %s: CFG_SYNTAX", (_, text, expected, found, where) => {
    const error = errorOf(text);
    expect(error).toMatchObject({ code: "CFG_SYNTAX", expected, where: `a/M.cfg:${where}` });
    expect(error.found).toContain(found);
    expect(error.hint).toBeDefined();
  });
});
