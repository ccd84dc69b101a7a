/** What a guest sees that probes for a version, on each mediator of src/presets.ts. */
import { FFA_ID_GET, FFA_VERSION, NOT_SUPPORTED, registers } from "../../src/abi.js";
import { declareMediator, toolstackActor, vcpuActor } from "../../src/context.js";
import { createDomain } from "../../src/domainTeardown.js";
import { vcpuCall } from "../../src/mediator.js";
import { defaultOptions } from "../../src/options.js";
import { type Preset, presets } from "../../src/presets.js";
import { accessOnce, type Protocol, SharedMemory } from "../../src/sync/index.js";
import {
  CLOSED,
  majorOf,
  minorOf,
  NO_VERSION,
  VERSION_1_0,
  VERSION_1_1,
  VERSION_1_2,
} from "../../src/versionWord.js";

/** The orders in which a guest asks: for what it likes best first, or last. */
export const PROBED = {
  highestFirst: [VERSION_1_2, VERSION_1_1, VERSION_1_0],
  lowestFirst: [VERSION_1_0, VERSION_1_1, VERSION_1_2],
} as const satisfies Readonly<Record<string, readonly number[]>>;

export interface Probe {
  /** What each FFA_VERSION was answered with: a version word, or null for NOT_SUPPORTED. */
  readonly answers: readonly (number | null)[];
  /** The version in force when another call has been made; null where there is none. */
  readonly inForce: number | null;
}

/** A new guest asks for each of the version words `asked`, and then makes a call, FFA_ID_GET. */
export function probe(preset: Preset, asked: readonly number[]): Probe {
  const options = { ...defaultOptions, ...preset, maxDomains: 1, maxVcpus: 1 };
  const mediator = declareMediator(options);
  const memory = new SharedMemory(mediator.layout);
  const ctx = mediator.contexts[1];
  const onVcpu = <T>(code: Protocol<T>): T => memory.run(code, vcpuActor(options, 1, 0));
  const call = (...words: readonly number[]) =>
    onVcpu(vcpuCall(mediator, ctx, registers(...words)));

  memory.run(createDomain(mediator, ctx), toolstackActor(options, 1));
  const refused = NOT_SUPPORTED >>> 0;
  const answers = asked.map((word) => {
    const [answer] = call(FFA_VERSION, word);
    return answer === refused ? null : answer;
  });
  call(FFA_ID_GET);
  // The guest cannot ask for it; the size of a listing's entries tells 1.0 from the others.
  const version = onVcpu(accessOnce(ctx.guestVers, "ReadGuestVers"));
  return { answers, inForce: version === NO_VERSION || version === CLOSED ? null : version };
}

/** A version word without bit 31 for people: `1.2`; NOT_SUPPORTED for null. */
export const versionText = (word: number | null): string =>
  word === null ? "NOT_SUPPORTED" : `${majorOf(word)}.${minorOf(word)}`;

/** Each preset and order as texts: its name, what is asked, what is answered, what is in force. */
export function probeRows(): readonly (readonly string[])[] {
  return Object.entries(presets).flatMap(([name, preset]) =>
    Object.values(PROBED).map((asked) => {
      const { answers, inForce } = probe(preset, asked);
      const texts = [asked, answers].map((words) => words.map(versionText).join(", "));
      return [name, ...texts, inForce === null ? "none" : versionText(inForce)];
    }),
  );
}
