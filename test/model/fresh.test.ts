/** verify/model/compiledForm.ts and stateText.ts: whether a form is fresh; elements of a value. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readCompiled, ToolError } from "tla2tools-runner";
import { expect, test } from "vitest";
import { compiledName, hashOf, readFresh } from "../../verify/model/compiledForm.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { elementOf } from "../../verify/model/stateText.js";

const read = (path: string) => readFileSync(join(modelDirectory, path), "utf8");
const compiled = read(compiledName("Context"));
const hash = hashOf(read("Context.tla"));

function refusalOf(text: string): ToolError {
  try {
    readCompiled(text, "at");
  } catch (error) {
    if (error instanceof ToolError) return error;
  }
  throw new Error("a refusal was expected");
}

test("a compiled form of the present text is read", () => {
  expect(compiledName("Context")).toBe("compiled/Context.json");
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(readFresh(compiled, "at", "Context", hash)).toMatchObject({
    name: "Context",
    sha256: hash,
  });
});

test("a form that was read is not read again", () => {
  const read = () => readFresh(compiled, "compiled/Context.json", "Context", hash);
  expect(read()).toBe(read());
});

test("why a form cannot be read is what was found there, or else what is wrong", () => {
  const reason = (text: string) => readFresh(text, "at", "Context", hash);
  for (const text of ["{", "{}", "[]", compiled.slice(0, -9)]) {
    const { found, what } = refusalOf(text);
    expect(reason(text)).toBe(`the compiled form cannot be read: ${found ?? what}`);
  }
});

test.each([
  ["is not there", undefined, "Context", hash, /^there is no compiled form$/],
  ["is none", "{}", "Context", hash, /^the compiled form cannot be read: \S/],
  ["is another's", compiled, "Other", hash, /^the compiled form is that of Context$/],
  ["is an older one", compiled, "Context", "", /^the text has changed since it was compiled$/],
])("one that %s is not, and why", (_, content, name, sha256, reason) => {
  expect(readFresh(content, "at", name, sha256)).toMatch(reason);
});

test.each([
  ['<<"a", <<1, 2>>>>', 1, '"a"'],
  ['<<"a", <<1, 2>>>>', 2, "<<1, 2>>"],
  ["<<1>>", 2, ""],
  ["<<1>>", 0, ""],
  [undefined, 1, ""],
  ["{1}", 1, ""],
])("of %s element %i is %j", (tuple, index, element) => {
  expect(elementOf(tuple, index)).toBe(element);
});
