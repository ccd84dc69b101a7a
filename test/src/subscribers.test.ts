/**
 * src/subscribers.ts: the SPs that are told of VMs (DEN0077A, "VM availability signaling"; C:
 * `ffa_partinfo_domain_init`, `ffa_partinfo_domain_destroy`).
 */
import { describe, expect, test } from "vitest";
import { OK, REFUSALS } from "../../src/abi.js";
import { toolstackActor } from "../../src/context.js";
import { createDomain } from "../../src/domainTeardown.js";
import { designs, type Fix } from "../../src/fixes.js";
import { subscribersOf } from "../../src/options.js";
import { createBench } from "../support/steps.js";

const [INTERRUPTED, RETRY] = [-5, -7];
const sp = (id: number, properties = 0x60) => ({ id, executionContexts: 1, properties });
const THREE = [sp(0x8001), sp(0x9000, 0x20), sp(0x8002), sp(0x9001, 0x40), sp(0x8003, 0xff)];

/** A mediator beside three SPs that are told; each question is noted with its SP. */
function told(fixes: readonly Fix[] = designs.hardened) {
  const asked: (readonly [string, number])[] = [];
  const answers = new Map<string, number>();
  const bench = createBench({ fixes, securePartitions: THREE }, ({ label, operand }) => {
    asked.push([label, operand]);
    return answers.get(`${label} ${operand.toString(16)}`) ?? OK;
  });
  const toTell = () => bench.read(bench.context(1).toTell);
  /** What was asked since the last look, of the SPs by their last digit. */
  const take = (label: string) =>
    asked.splice(0).map(([of, id]) => (of === label ? id - 0x8000 : `${of}?`));
  return { bench, answers, toTell, take };
}

test("they are those that are told of creation and of destruction, in order", () => {
  const { bench } = told();
  expect(subscribersOf(bench.state.options)).toEqual([0x8001, 0x8002, 0x8003]);
});

test("all are told of a creation in order, and then the domain is there", () => {
  const { bench, take, toTell } = told();
  const { labels, value } = bench.create(1);
  const tells = ["TellCreated", "TellCreated", "TellCreated"];
  expect(labels).toEqual(["CreateDomain", ...tells, "WriteToTell", "StartDomain"]);
  expect(value).toBe(true);
  expect(take("TellCreated")).toEqual([1, 2, 3]);
  expect(toTell()).toBe(0b111);
});

test("nobody finds the domain before that", () => {
  const { bench } = told();
  const code = createDomain(bench.state, bench.context(1));
  const creating = bench.begin(code, toolstackActor(bench.state.options, 1)).until("StartDomain");
  expect(() => bench.call(1, 0x84000069)).toThrow("StartCall waits");
  creating.end();
  expect(bench.call(1, 0x84000069).value[0]).toBe(0x84000060);
});

describe.each(Object.entries(designs))("%s: the n-th SP refuses a creation", (_, fixes) => {
  test.each([1, 2, 3])("the %i-th: no other is asked, and those before hear of the end", (n) => {
    for (const refusal of REFUSALS) {
      const { bench, answers, take, toTell } = told(fixes);
      const before = bench.memory.slots.slice();
      answers.set(`TellCreated ${(0x8000 + n).toString(16)}`, refusal);
      const { labels, value } = bench.create(1);
      expect(value).toBe(false);
      expect(labels).not.toContain("StartDomain");
      const agreed = [1, 2].filter((each) => each < n);
      const heard = agreed.map(() => "TellDestroyed");
      expect(labels.filter((label) => label.startsWith("Tell"))).toEqual([
        ...[...agreed, n].map(() => "TellCreated"),
        ...heard,
      ]);
      const ofDestruction = take("TellDestroyed").filter((each) => typeof each === "number");
      expect(ofDestruction).toEqual(agreed);
      expect(toTell()).toBe(0);
      bench.free(1);
      expect(bench.memory.slots).toEqual(before);
    }
  });
});

describe("of a destruction", () => {
  test("each that was told of the creation hears, once", () => {
    const { bench, take, toTell } = told();
    bench.create(1);
    take("TellCreated");
    const labels = bench.destroy(1);
    expect(take("TellDestroyed")).toEqual([1, 2, 3]);
    const at = labels.indexOf("ReadToTell");
    const each = ["TellDestroyed", "ClearToTell"];
    expect(labels.slice(at, at + 8)).toEqual([
      ...["ReadToTell", ...each, ...each, ...each],
      "NextShmTorn",
    ]);
    expect(toTell()).toBe(0);
  });

  test.each([INTERRUPTED, RETRY])("who answers %i is told again, by the timer", (status) => {
    const { bench, answers, take, toTell } = told();
    bench.create(1);
    take("TellCreated");
    answers.set("TellDestroyed 8002", status);
    bench.destroy(1);
    expect(take("TellDestroyed")).toEqual([1, 2, 3]);
    expect(toTell()).toBe(0b010);
    bench.fireTimer();
    expect(take("TellDestroyed")).toEqual([2]);
    answers.clear();
    bench.fireTimer();
    expect(take("TellDestroyed")).toEqual([2]);
    expect(toTell()).toBe(0);
    expect(() => bench.fireTimer()).toThrow("FireTimer waits");
    bench.free(1);
  });

  test.each([OK, ...REFUSALS].filter((status) => status !== INTERRUPTED && status !== RETRY))(
    "who answers %i has heard",
    (status) => {
      const { bench, answers, take, toTell } = told();
      bench.create(1);
      take("TellCreated");
      for (const id of [1, 2, 3]) answers.set(`TellDestroyed 800${id}`, status);
      bench.destroy(1);
      expect(take("TellDestroyed")).toEqual([1, 2, 3]);
      expect(toTell()).toBe(0);
      expect(() => bench.fireTimer()).toThrow("FireTimer waits");
      bench.free(1);
    },
  );
});

test("without any of them nothing is told, and nothing is looked at", () => {
  const bench = createBench({ securePartitions: [sp(0x8001, 0x20), sp(0x8002, 0x40)] });
  expect(bench.create(1).labels).toEqual(["CreateDomain"]);
  expect(bench.destroy(1)).not.toContain("ReadToTell");
});
