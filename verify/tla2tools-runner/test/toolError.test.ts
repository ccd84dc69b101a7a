import { describe, expect, it } from "vitest";
import { errorCodes, ToolError } from "../src/index.js";

describe("ToolError", () => {
  const error = new ToolError({
    code: "TLC_NO_JAR",
    what: "no jar was found",
    where: "TLA2TOOLS_JAR",
    found: "one\ntwo",
    hint: undefined,
  });

  it("prints code and sentence first, then the fields that are set, and no stack", () => {
    expect(error.format()).toBe(
      "TLC_NO_JAR: no jar was found\n  where: TLA2TOOLS_JAR\n  found: one\n    two",
    );
  });

  it("serialises to the fields that are set", () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: "TLC_NO_JAR",
      what: "no jar was found",
      where: "TLA2TOOLS_JAR",
      found: "one\ntwo",
    });
  });

  it("has a code whose meaning is listed", () => {
    expect(errorCodes[error.code]).toMatch(/\.$/);
    for (const meaning of Object.values(errorCodes)) expect(meaning).toMatch(/^[A-Z].*\.$/);
  });
});
