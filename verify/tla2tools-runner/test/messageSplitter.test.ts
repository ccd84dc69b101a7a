import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MessageSplitter } from "../src/tlc/MessageSplitter.js";

function split(text: string) {
  const splitter = new MessageSplitter();
  return { output: text.split("\n").flatMap((line) => splitter.line(line)), splitter };
}

describe("MessageSplitter", () => {
  it("gives code, class and text, and the raw lines between", () => {
    const { output } = split(
      "Parsing file A.tla\n@!@!@STARTMSG 2110:1 @!@!@\nInvariant I is violated.\n@!@!@ENDMSG 2110 @!@!@\n<<1>>",
    );
    expect(output).toEqual([
      { type: "raw", line: "Parsing file A.tla" },
      {
        type: "message",
        message: { code: 2110, class: "error", text: "Invariant I is violated.", nested: [] },
      },
      { type: "raw", line: "<<1>>" },
    ]);
  });

  it("keeps a message that is printed inside another, as TLC does for exceptions", () => {
    const { output } = split(
      [
        "@!@!@STARTMSG 1000:1 @!@!@",
        "The exception was a tlc2.tool.ConfigFileException",
        ": @!@!@STARTMSG 5003:0 @!@!@",
        "TLC found an error in the configuration file at line 2",
        "@!@!@ENDMSG 5003 @!@!@",
        "@!@!@ENDMSG 1000 @!@!@",
      ].join("\n"),
    );
    expect(output).toMatchObject([
      {
        message: {
          code: 1000,
          text: "The exception was a tlc2.tool.ConfigFileException\n: \nTLC found an error in the configuration file at line 2",
          nested: [
            {
              code: 5003,
              class: "none",
              text: "TLC found an error in the configuration file at line 2",
            },
          ],
        },
      },
    ]);
  });

  it("reports no message whose end is missing", () => {
    const { output, splitter } = split("@!@!@STARTMSG 2193:0 @!@!@\nModel checking completed.");
    expect(output).toEqual([]);
    expect(splitter.isInsideMessage).toBe(true);
  });

  it("takes an end without a beginning for a line, and knows no class beyond 4", () => {
    const stray = "@!@!@ENDMSG 2193 @!@!@";
    expect(split(stray).output).toEqual([{ type: "raw", line: stray }]);
    const { output } = split("@!@!@STARTMSG 1:9 @!@!@\n@!@!@ENDMSG 1 @!@!@");
    expect(output).toMatchObject([{ message: { class: "unknown" } }]);
  });

  it.each([
    '"@!@!@STARTMSG 2110:1 @!@!@"',
    '"@!@!@STARTMSG 2110:1 @!@!@\\n@!@!@ENDMSG 2110 @!@!@"',
    '   <<2, "@!@!@STARTMSG 2110:1 @!@!@">>,',
    "@!@!@STARTMSG 2110:1 @!@!@ and more",
    ": @!@!@STARTMSG 2110:1 @!@!@",
  ])("takes what a model prints for a line: %s", (line) => {
    expect(split(line).output).toEqual([{ type: "raw", line }]);
  });

  it.each(['x = "@!@!@ENDMSG 2217 @!@!@"', '/\\ y = <<"@!@!@STARTMSG 2193:0 @!@!@">>'])(
    "takes what stands in a state for its text: %s",
    (text) => {
      const { output } = split(
        `@!@!@STARTMSG 2217:4 @!@!@\n1: <Init>\n${text}\n@!@!@ENDMSG 2217 @!@!@`,
      );
      expect(output).toMatchObject([{ message: { code: 2217, text: `1: <Init>\n${text}` } }]);
    },
  );

  it("gives up a message that was only begun when TLC begins one that it never nests", () => {
    const begun = "@!@!@STARTMSG 2110:1 @!@!@";
    const { output, splitter } = split(
      `${begun}\nx\nx\n@!@!@STARTMSG 2186:0 @!@!@\nFinished\n@!@!@ENDMSG 2186 @!@!@`,
    );
    expect(output).toMatchObject([
      { type: "raw", line: begun },
      { type: "raw", line: "x" },
      { type: "raw", line: "x" },
      { message: { code: 2186, text: "Finished" } },
    ]);
    expect(splitter.isInsideMessage).toBe(false);
  });

  it("gives back every message of a sequence, in order", () => {
    const text = fc.stringMatching(/^[a-z :@]{1,20}$/).map((line) => line.trim() || "x");
    const messages = fc.array(fc.record({ code: fc.nat(9999), class: fc.nat(4), text }));
    fc.assert(
      fc.property(messages, (sent) => {
        const printed = sent
          .map(
            (one) =>
              `@!@!@STARTMSG ${one.code}:${one.class} @!@!@\n${one.text}\n@!@!@ENDMSG ${one.code} @!@!@`,
          )
          .join("\n");
        const received = split(printed).output.filter((one) => one.type === "message");
        expect(received.map(({ message }) => [message.code, message.text])).toEqual(
          sent.map((one) => [one.code, one.text]),
        );
      }),
    );
  });
});
