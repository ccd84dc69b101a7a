/** Whether what a mediator is made of is within its limits. */
import { OK, REFUSALS } from "./abi.js";
import { CHOICES } from "./choices.js";
import { FIXES } from "./fixes.js";
import { type MediatorOptions, subscribersOf } from "./options.js";
import { type PartitionInfo, PROPERTY_TOLD_OF_VMS } from "./partitionEntry.js";
import { UsageError } from "./usageError.js";
import { KNOWN_VERSIONS } from "./versionWord.js";

/** How many actors there can be, the timer among them: a lock for reading has a bit for each. */
const MOST_ACTORS = 30;
/** The smallest buffer, in bytes, has room for the header of a message and for an entry. */
const LEAST_BUFFER = 40;
/** The largest buffer, in bytes: 16 MiB. */
const MOST_BUFFER = 2 ** 24;
/** How many memory objects a domain can share at once. */
const MOST_SHM = 32;
/** How many SPs can be told of VMs: each set of them is a value of the mask of who is to hear. */
const MOST_SUBSCRIBERS = 16;

/** @throws UsageError OPTION_OUT_OF_RANGE, which names the option, its limit and what was given */
export function checkOptions(options: MediatorOptions): void {
  const { maxDomains, maxVcpus, rxBytes, version, vmToVm, mappedAtStart } = options;
  const most = `maxDomains x (maxVcpus + 1) is ${MOST_ACTORS - 1} at the most`;
  expectWhole("maxDomains", maxDomains, 1, MOST_ACTORS, most);
  expectWhole("maxVcpus", maxVcpus, 1, MOST_ACTORS, most);
  const actors = maxDomains * (maxVcpus + 1);
  if (actors >= MOST_ACTORS) throw outOfRange(`${most}, not ${maxDomains} x (${maxVcpus} + 1)`);
  expectWhole("rxBytes", rxBytes, LEAST_BUFFER, MOST_BUFFER, "an entry and a header must fit");
  expectWhole("txBytes", options.txBytes, LEAST_BUFFER, MOST_BUFFER, "a header must fit");
  expectWhole("maxShm", options.maxShm, 0, MOST_SHM, "as the mediator has it");
  for (const [name, value] of Object.entries({ vmToVm, mappedAtStart })) {
    if (typeof value !== "boolean") throw outOfRange(`${name} is true or false, not ${value}`);
  }
  if (!KNOWN_VERSIONS.includes(version)) {
    const known = KNOWN_VERSIONS.map((word) => `0x${word.toString(16)}`).join(", ");
    throw outOfRange(`version is one of ${known}, not ${hex(version)}`);
  }
  for (const name of ["fixes", "securePartitions"] as const) {
    if (!Array.isArray(options[name])) throw outOfRange(`${name} is a list, not ${options[name]}`);
  }
  const unknown = options.fixes.filter((fix) => !FIXES.includes(fix));
  if (unknown.length > 0) {
    throw outOfRange(`fixes are some of ${FIXES.join(", ")}, not ${unknown.join(", ")}`);
  }
  checkChoices(options.choices);
  checkAnswers(options.secureAnswers);
  for (const [i, info] of options.securePartitions.entries()) checkPartition(i, info);
  const told = subscribersOf(options).length;
  if (told > MOST_SUBSCRIBERS) {
    const most = `securePartitions has ${MOST_SUBSCRIBERS} SPs at the most that are told of VMs`;
    throw outOfRange(`${most} (properties 0x${PROPERTY_TOLD_OF_VMS.toString(16)}), not ${told}`);
  }
}

function checkChoices(given: MediatorOptions["choices"]): void {
  const choices = new Map<string, string>(Object.entries(given ?? {}));
  const strange = [...choices.keys()].filter((name) => !Object.hasOwn(CHOICES, name));
  if (strange.length > 0) {
    throw outOfRange(`choices are ${Object.keys(CHOICES).join(", ")}, not ${strange.join(", ")}`);
  }
  for (const [name, values] of Object.entries(CHOICES)) {
    const chosen = choices.get(name) ?? "nothing";
    if (values.some((value) => value === chosen)) continue;
    throw outOfRange(`choices.${name} is one of ${values.join(", ")}, not ${chosen}`);
  }
}

function checkAnswers(answers: MediatorOptions["secureAnswers"]): void {
  const isList = Array.isArray(answers) && new Set(answers).size === answers.length;
  if (isList && answers[0] === OK && answers.slice(1).every((each) => REFUSALS.includes(each))) {
    return;
  }
  const known = REFUSALS.join(", ");
  throw outOfRange(`secureAnswers is 0 and then some of ${known}, each once, not ${answers}`);
}

function checkPartition(
  i: number,
  { id, executionContexts, properties, uuid }: PartitionInfo,
): void {
  const name = `securePartitions[${i}]`;
  expectWhole(`${name}.id`, id, 0x8000, 0xffff, "bit 15 is set in those of SPs");
  expectWhole(`${name}.executionContexts`, executionContexts, 0, 0xffff, "16 bits");
  expectWhole(`${name}.properties`, properties, 0, 0xffffffff, "32 bits");
  if (uuid === undefined) return;
  if (uuid.length !== 4) throw outOfRange(`${name}.uuid has 4 words, not ${uuid.length}`);
  for (const [w, word] of uuid.entries()) {
    expectWhole(`${name}.uuid[${w}]`, word, 0, 0xffffffff, "32 bits");
  }
}

function expectWhole(name: string, value: number, low: number, high: number, why: string): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw outOfRange(`${name} is a whole number of ${low}..${high} (${why}), not ${value}`);
}

const hex = (value: number): string =>
  Number.isInteger(value) ? `0x${value.toString(16)}` : String(value);

const outOfRange = (detail: string) => new UsageError("OPTION_OUT_OF_RANGE", detail);
