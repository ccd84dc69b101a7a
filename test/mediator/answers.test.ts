/** Answers and words that no model has come out as something that equals nothing in the model. */
import { describe, expect, it } from "vitest";
import { FFA_SUCCESS_32, registers } from "../../src/abi.js";
import { declareMediator } from "../../src/context.js";
import { defaultOptions } from "../../src/options.js";
import type { TakenStep } from "../../verify/engine/explorable.js";
import {
  answerText,
  wordFromModel,
  wordToModel,
} from "../../verify/mediator/correspondence/words.js";
import { listedIds } from "../../verify/mediator/listing.js";

const none = () => null;

describe("version words", () => {
  it("are told apart, also those whose parts do not fit the decimal form", () => {
    const words = [0x65, 0x10001, 0x10064, 0x20000, 0x640000, 0x80000000, 0x80010000, 0x10000];
    expect(new Set(words.map(wordToModel)).size).toBe(words.length);
  });

  it("come back from the model", () => {
    for (const decimal of [0, 100, 101, 102, 200, 10100]) {
      expect(wordToModel(wordFromModel(decimal))).toBe(decimal);
    }
  });
});

describe("answers", () => {
  const version = { name: "VERSION", argument: 101 };

  it.each([
    [registers(0x65), '<<"VERSION", -102>>'],
    [registers(0x10001), '<<"VERSION", 101>>'],
    [registers(0xffffffff), '<<"VERSION", -1>>'],
  ])("of FFA_VERSION: %j", (answer, text) => {
    expect(answerText(version, answer, none)).toBe(text);
  });

  it("with a register too many match nothing", () => {
    const answer = registers(FFA_SUCCESS_32, 0, 2, 0, 1);
    expect(answerText({ name: "ID_GET", argument: 0 }, answer, none)).toContain("REGISTERS");
  });
});

describe("a listing", () => {
  const sp = { id: 0x8001, executionContexts: 1, properties: 5 };
  const state = declareMediator({ ...defaultOptions, securePartitions: [sp], maxDomains: 2 });
  const [, caller, other] = state.contexts;
  const entry = (id: number, contexts: number, properties: number) => [
    ...[id & 0xff, id >>> 8, contexts, 0],
    ...[properties & 0xff, properties >>> 8, 0, 0],
  ];
  const right = [...entry(0x8001, 1, 5), ...entry(other.ffaId, other.vcpus, 6)];

  const listed = (bytes: readonly number[], at = caller.rx.index) => {
    const step = (kind: "enter" | "writeBuffer", place: number): TakenStep => ({
      operation: { label: "", kind, at: place, operand: 0, bytes: kind === "enter" ? [] : bytes },
      result: 0,
    });
    const steps = [step("enter", caller.domain.index), step("writeBuffer", at)];
    return listedIds(state, steps, 2, 8, false);
  };

  it("is read byte for byte", () => {
    expect(listed(right)).toEqual([other.ffaId]);
    for (const i of right.keys()) {
      const wrong = right.map((byte, j) => (i === j ? byte ^ 0x40 : byte));
      expect(listed(wrong)).toBeNull();
    }
  });

  it("in the RX buffer of another VM is none", () => {
    expect(listed(right, other.rx.index)).toBeNull();
  });
});
