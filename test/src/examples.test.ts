/** The examples of README.md run, and give what is written beside them. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import * as library from "../../src/index.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

/** Runs an example with the library in place of the package, and gives its `answer`. */
function answerOf(code: string): unknown {
  const module = code.replace(/import \{([^}]*)\} from "ffa-verify";/, "const {$1} = library;");
  expect(module).not.toBe(code);
  const target = ts.ScriptTarget.ES2022;
  const { outputText } = ts.transpileModule(module, { compilerOptions: { target } });
  return new Function("library", `${outputText}\nreturn answer;`)(library);
}

test("a call is answered, and H1 is there", () => {
  const [plain, stepwise, ...others] = examples.map(answerOf) as (readonly number[])[];
  expect(others).toEqual([]);
  expect(plain[0]).toBe(library.VERSION_1_1);
  expect(examples[1]).toContain(String(stepwise[2]));
  expect(stepwise[2]).toBe(0xffffffff);
});
