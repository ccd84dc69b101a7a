/**
 * src/createMediator.ts: the secure world that the library's user gives; what it is asked, what
 * becomes of a domain whose end it holds up, and what it must not answer.
 */
import { expect, test } from "vitest";
import {
  createMediator,
  FFA_ID_GET,
  FFA_MEM_RECLAIM,
  FFA_MEM_SHARE_32,
  FFA_VERSION,
  type MediatorOptions,
  type SecureQuestion,
} from "../../src/index.js";
import { encodeDescriptor } from "../../src/memoryDescriptor.js";

const usageError = (code: string) => expect.objectContaining({ name: "UsageError", code });

const SUBSCRIBERS = [0x8001, 0x8002].map((id) => {
  return { id, executionContexts: 1, properties: 0x60 };
});

/** A mediator whose secure world answers as it is told to, by step, and notes what it is asked. */
function asked(options: Partial<MediatorOptions> = {}) {
  const answers = new Map<string, number | Error>();
  const questions: SecureQuestion[] = [];
  const mediator = createMediator({ mappedAtStart: true, ...options }, (question) => {
    questions.push(question);
    const answer = answers.get(question.step) ?? answers.get(`${question.about}`) ?? 0;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const start = (id = 1) => {
    const [vcpu] = mediator.createDomain({ id, vcpus: 1 });
    mediator.call(vcpu, [FFA_VERSION, 0x10001]);
    mediator.call(vcpu, [FFA_ID_GET]);
    mediator.tx(id).set(encodeDescriptor(0x10001, id + 1, 0x8001, 0x1000n, 1));
    return vcpu;
  };
  return { mediator, answers, start, take: () => questions.splice(0) };
}

test("the secure world is asked with the step, the domain and what it is about", () => {
  const { mediator, start, take } = asked({ securePartitions: SUBSCRIBERS });
  const vcpu = start(2);
  mediator.call(vcpu, [FFA_MEM_SHARE_32, 96, 96]);
  mediator.call(vcpu, [FFA_MEM_SHARE_32, 96, 96]);
  mediator.call(vcpu, [FFA_MEM_RECLAIM, 1]);
  mediator.destroyDomain(2);
  expect(take().map(({ step, domainId, about }) => [step, domainId, about])).toEqual([
    ["TellCreated", 2, 0x8001],
    ["TellCreated", 2, 0x8002],
    ["AskShare", 2, 0],
    ["AskShare", 2, 0],
    ["AskReclaim", 2, 1],
    ["TellDestroyed", 2, 0x8001],
    ["TellDestroyed", 2, 0x8002],
    ["AskReclaimTorn", 2, 2],
  ]);
});

test("a secure world that refuses a creation: DOMAIN_REFUSED, and the ID can be tried again", () => {
  const { mediator, answers, take } = asked({ securePartitions: SUBSCRIBERS });
  answers.set(`${0x8002}`, -2);
  const create = () => mediator.createDomain({ id: 1, vcpus: 1 });
  expect(create).toThrow(usageError("DOMAIN_REFUSED"));
  expect(take().map(({ step, about }) => [step, about])).toEqual([
    ["TellCreated", 0x8001],
    ["TellCreated", 0x8002],
    ["TellDestroyed", 0x8001],
  ]);
  expect(() => mediator.rx(1)).toThrow(usageError("DOMAIN_ABSENT"));
  answers.clear();
  expect(create()).toHaveLength(1);
});

test("a secure world whose end of a refused creation waits: DOMAIN_EXISTS until the timer has told it", () => {
  const { mediator, answers } = asked({ securePartitions: SUBSCRIBERS });
  answers.set(`${0x8002}`, -2).set("TellDestroyed", -7);
  const create = () => mediator.createDomain({ id: 1, vcpus: 1 });
  expect(create).toThrow(usageError("DOMAIN_REFUSED"));
  answers.clear();
  expect(create).toThrow("DOMAIN_EXISTS: the teardown of domain 1 has not ended");
  expect(mediator.fireTimer()).toBe(true);
  expect(create()).toHaveLength(1);
});

test("a secure world that denies memory back: the ID is taken until the timer has it", () => {
  const { mediator, answers, start } = asked();
  const vcpu = start();
  mediator.call(vcpu, [FFA_MEM_SHARE_32, 96, 96]);
  expect(mediator.fireTimer()).toBe(false);
  answers.set("AskReclaimTorn", -6);
  mediator.destroyDomain(1);
  for (let i = 0; i < 2; i++) {
    expect(() => start()).toThrow("DOMAIN_EXISTS: the teardown of domain 1 has not ended");
    expect(() => mediator.tx(1)).toThrow(usageError("DOMAIN_ABSENT"));
    expect(() => mediator.destroyDomain(1)).toThrow(usageError("DOMAIN_ABSENT"));
    expect(() => mediator.call(vcpu, [FFA_ID_GET])).toThrow(usageError("DOMAIN_ABSENT"));
    expect(mediator.fireTimer()).toBe(true);
  }
  answers.clear();
  expect(mediator.fireTimer()).toBe(true);
  expect(mediator.fireTimer()).toBe(false);
  const young = start();
  expect(mediator.call(young, [FFA_MEM_SHARE_32, 96, 96])[2]).toBe(1);
  expect(mediator.call(young, [FFA_MEM_RECLAIM, 1])[0]).toBe(0x84000061);
});

test("a secure world that refuses memory for good: the ID is taken for ever, and nobody waits", () => {
  const { mediator, answers, start } = asked();
  mediator.call(start(), [FFA_MEM_SHARE_32, 96, 96]);
  answers.set("AskReclaimTorn", -2);
  mediator.destroyDomain(1);
  expect(mediator.fireTimer()).toBe(false);
  answers.clear();
  expect(() => start()).toThrow(usageError("DOMAIN_EXISTS"));
  expect(start(2)).toEqual({ domainId: 2, index: 0 });
});

test.each([
  ["answers with no status that is declared", -9],
  ["answers with none of those chosen", -3],
  ["answers with nothing", Number.NaN],
  ["throws", new Error("the secure world is gone")],
])("a secure world that %s: an error, and nothing has changed", (_, answer) => {
  const given = { secureAnswers: [0, -6], securePartitions: SUBSCRIBERS };
  const { mediator, answers, start } = asked(given);
  const bad =
    answer instanceof Error
      ? "the secure world is gone"
      : /^BAD_ANSWER: the answer to \w+ is one of 0, -6 \(secureAnswers\), not /;
  answers.set("TellCreated", answer);
  expect(() => start()).toThrow(bad);
  answers.clear();
  const vcpu = start();
  const share = () => mediator.call(vcpu, [FFA_MEM_SHARE_32, 96, 96]);
  answers.set("AskShare", answer).set("AskReclaim", answer).set("TellDestroyed", answer);
  expect(share).toThrow(bad);
  answers.delete("AskShare");
  expect(share()[2]).toBe(1);
  expect(() => mediator.call(vcpu, [FFA_MEM_RECLAIM, 1])).toThrow(bad);
  expect(() => mediator.destroyDomain(1)).toThrow(bad);
  answers.clear();
  answers.set("AskReclaimTorn", -6);
  mediator.destroyDomain(1);
  answers.set("AskReclaimTorn", answer);
  expect(() => mediator.fireTimer()).toThrow(bad);
  answers.clear();
  expect(mediator.fireTimer()).toBe(true);
  expect(start()).toEqual({ domainId: 1, index: 0 });
});
