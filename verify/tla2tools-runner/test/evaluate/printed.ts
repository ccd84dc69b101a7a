import type { Recordable } from "../logs/recorded.js";
import { asDefinitions } from "../support/evaluating.js";
import { EXPRESSIONS, PREAMBLE } from "./expressions.js";

const texts = EXPRESSIONS.map(([text]) => text);
const printed = texts.map((_, index) => `ASSUME PrintT(<<"E", ${index}, E${index}>>)`);

/** A model that prints every expression with its value. */
export const PRINTED: Recordable = {
  name: "expressions",
  body: [
    asDefinitions(PREAMBLE, texts),
    ...printed,
    "VARIABLE x",
    "Init == x = 0",
    "Next == x' = x",
  ].join("\n"),
  cfg: "INIT Init\nNEXT Next\n",
};
