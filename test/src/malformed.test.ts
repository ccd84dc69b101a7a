/** src/: whatever guests write into TX, a call that is refused changes nothing that is shared. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { designs } from "../../src/index.js";
import { encodeDescriptor } from "../../src/memoryDescriptor.js";
import { word32 } from "../support/arbitraries.js";
import { headerBytes } from "../support/describedBytes.js";
import { createBench } from "../support/steps.js";

const SUCCESS = 0x84000061;
const V1_1 = 0x10001;
const [SHARE, RECLAIM, SEND2] = [0xc4000073, 0x84000077, 0x84000086];

/** What is right, in front of what is spoiled. */
const right = [
  { words: [SEND2], tx: headerBytes(20, 20, 3, 2, 30) },
  { words: [SHARE, 96, 96], tx: [...encodeDescriptor(V1_1, 2, 0x8001, 0x4000n, 1)] },
  { words: [RECLAIM, 1], tx: [] },
] as const;

const changes = fc.record({
  kind: fc.constantFrom(...right),
  bytes: fc.array(fc.tuple(fc.nat(127), fc.nat(255)), { maxLength: 4 }),
  register: fc.option(fc.tuple(fc.integer({ min: 1, max: 3 }), word32), { nil: undefined }),
});

test.each(Object.entries(designs))(
  "%s: what is refused leaves memory and RX as they were",
  (_, fixes) => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 12 }), (all) => {
        const bench = createBench({ fixes, mappedAtStart: true, txBytes: 128, rxBytes: 128 });
        for (const id of [1, 2]) bench.bringUp(id, V1_1);
        const rx = () => [1, 2].map((id) => bench.memory.bytes(bench.context(id).rx).slice());
        for (const { kind, bytes, register } of all) {
          const tx = Uint8Array.from({ length: 128 }, (__, i) => kind.tx[i] ?? 0);
          for (const [at, byte] of bytes) tx[at] = byte;
          bench.writeTx(1, tx);
          const words = [...kind.words, 0, 0, 0].slice(0, 4);
          if (register) words[register[0]] = register[1];
          const before = [bench.memory.slots.slice(), ...rx()];
          const [w0] = bench.call(1, ...words).value;
          seen.add(`${words[0]} ${w0}`);
          if (w0 !== SUCCESS) expect([bench.memory.slots, ...rx()]).toEqual(before);
          bench.call(2, 0x84000065);
        }
      }),
    );
    // Each function was refused and was not.
    expect(seen.size).toBe(2 * right.length);
  },
);
