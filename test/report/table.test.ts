/** Tables where the lines do not fit: a block for each row. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatTable, wrapWords } from "../../verify/report/table.js";

const columns = [{ title: "" }, { title: "variable" }, { title: "model" }, { title: "" }];
const row = ["*", "pc", "<<1, 2>>", "it waits"];

describe("formatTable", () => {
  test("one line a row where that fits", () => {
    expect(formatTable(columns, [row], 80)).toBe(
      "   variable  model\n*  pc        <<1, 2>>  it waits",
    );
    const [{ length }] = formatTable(columns, [row], 80).split("\n").slice(1);
    expect(formatTable(columns, [row], length)).toBe(formatTable(columns, [row], 80));
    expect(formatTable(columns, [row], length - 1)).not.toBe(formatTable(columns, [row], 80));
  });

  test("nothing without any row", () => {
    expect(formatTable(columns, [], 80)).toBe("");
  });

  test("else a block, headed by the first column with a title and the mark before it", () => {
    const rows = [row, ["", "call", "", ""]];
    expect(formatTable(columns, rows, 20)).toBe("* pc\n  model: <<1, 2>>\n  it waits\ncall");
  });

  test("whose long fields go on below", () => {
    expect(formatTable(columns, [row], 13)).toBe("* pc\n  model: <<1,\n    2>>\n  it waits");
  });
});

describe("wrapWords", () => {
  const word = fc.string({ unit: fc.constantFrom("a", ",", "<"), minLength: 1, maxLength: 9 });

  test("keeps every word, in order, and to the width where a word alone does not exceed it", () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1 }),
        fc.integer({ min: 1, max: 30 }),
        (words, width) => {
          const lines = wrapWords(words.join(" "), width, "  ").split("\n");
          expect(lines.flatMap((line) => line.trim().split(" "))).toEqual(words);
          for (const line of lines.filter(({ length }) => length > width)) {
            expect(line.trim()).not.toContain(" ");
          }
          // The next line's first word would not have fitted.
          for (const [i, line] of lines.slice(1).entries()) {
            expect(lines[i].length + 1 + line.trim().split(" ")[0].length).toBeGreaterThan(width);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("breaks only behind what it is told", () => {
    expect(wrapWords("a 1, b 2; c 3", 6, "  ", /[,;]/)).toBe("a 1,\n  b 2;\n  c 3");
  });
});
