/** Arbitrary small protocols: any layout, any programs over it, sane or not. */
import fc from "fast-check";
import type { OperationKind } from "../../src/sync/index.js";
import type { Script, ScriptLocation, ScriptStep } from "../../verify/engine/scripted.js";

const owner = fc.integer({ min: 0, max: 2 });

const location: fc.Arbitrary<ScriptLocation> = fc.oneof(
  fc.record({ kind: fc.constantFrom("spinlock" as const, "rwlock" as const), owner }),
  fc.record({
    kind: fc.constant("cell" as const),
    owner,
    values: fc.uniqueArray(fc.constantFrom(0, 1, 2, 7, 2 ** 31, 2 ** 31 + 1), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  fc.record({
    kind: fc.constant("counter" as const),
    owner,
    low: fc.constant(0),
    high: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant("list" as const), owner, members: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant("buffer" as const), owner, bytes: fc.constant(8) }),
  fc.record({
    kind: fc.constant("domain" as const),
    owner,
    vcpus: fc.integer({ min: 1, max: 2 }),
    references: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constant("secureWorld" as const),
    owner,
    answers: fc.constantFrom([0], [0, -1], [0, -5, -2]),
    objects: fc.integer({ min: 1, max: 2 }),
  }),
);

const kindsOf: Readonly<Record<ScriptLocation["kind"], readonly OperationKind[]>> = {
  spinlock: ["lock", "tryLock", "unlock"],
  rwlock: ["readLock", "readUnlock", "writeLock", "writeUnlock"],
  cell: ["read", "write", "write"],
  counter: ["read", "add"],
  list: ["append", "unlink", "next"],
  buffer: ["writeBuffer"],
  domain: ["create", "enter", "leave", "pause", "get", "put"],
  secureWorld: ["tell", "share", "reclaim"],
};

/** What undoes an operation; programs that use it get further before they fail. */
const undoneBy: Partial<Record<OperationKind, OperationKind>> = {
  lock: "unlock",
  readLock: "readUnlock",
  writeLock: "writeUnlock",
  append: "unlink",
  create: "put",
  enter: "leave",
  share: "reclaim",
};

function operandsOf(location: ScriptLocation, kind: OperationKind): fc.Arbitrary<number> {
  if (location.kind === "cell" && kind === "write") return fc.constantFrom(...location.values);
  if (location.kind === "counter" && kind === "add") return fc.constantFrom(1, -1);
  if (location.kind === "list")
    return fc.integer({ min: kind === "next" ? 0 : 1, max: location.members });
  // Sharing takes no operand, but what undoes it here has the same one.
  if (location.kind === "secureWorld") return fc.integer({ min: 1, max: location.objects + 1 });
  return fc.constant(0);
}

const isOfUs = ({ kind }: ScriptLocation): boolean => kind !== "secureWorld";

/** @param isFirst A program begins with a step that leaves the environment no choice. */
const stepOf = (locations: readonly ScriptLocation[], isFirst = false): fc.Arbitrary<ScriptStep> =>
  fc
    .constantFrom(...[...locations.keys()].filter((at) => !isFirst || isOfUs(locations[at])))
    .chain((at) =>
      fc.constantFrom(...kindsOf[locations[at].kind]).chain((kind) =>
        fc.record(
          {
            kind: fc.constant(kind),
            at: fc.constant(at),
            operand: operandsOf(locations[at], kind),
            branch: fc.record({ result: fc.nat({ max: 2 }), skip: fc.nat({ max: 2 }) }),
          },
          { requiredKeys: ["kind", "at", "operand"] },
        ),
      ),
    );

/** Steps, often followed later by what undoes them. */
const programOf = (locations: readonly ScriptLocation[]): fc.Arbitrary<readonly ScriptStep[]> =>
  fc
    .tuple(
      stepOf(locations, true),
      fc.array(stepOf(locations), { maxLength: 3 }),
      fc.nat({ max: 3 }),
    )
    .map(([first, others, often]) => {
      const steps = [first, ...others];
      if (often === 0) return steps;
      const undo = steps.toReversed().flatMap(({ kind, at, operand }) => {
        const back = undoneBy[kind];
        return back === undefined ? [] : [{ kind: back, at, operand }];
      });
      return [
        ...steps.map(({ branch, ...step }) =>
          often === 1 ? { ...step, ...(branch && { branch }) } : step,
        ),
        ...undo,
      ];
    });

/** A cell that a spinlock guards, where there is one before it. */
const guarded = (locations: readonly ScriptLocation[]): readonly ScriptLocation[] =>
  locations.map((location, i) => {
    const lock = locations.findIndex(({ kind }) => kind === "spinlock");
    const isGuarded = location.kind === "cell" && lock >= 0 && lock < i && i % 2 === 1;
    return isGuarded ? { ...location, guardedBy: lock } : location;
  });

export const script: fc.Arbitrary<Script> = fc
  .array(location, { minLength: 1, maxLength: 4 })
  .filter((locations) => locations.some(isOfUs))
  .map(guarded)
  .chain((locations) =>
    fc
      .array(fc.array(programOf(locations), { minLength: 0, maxLength: 2 }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((actors) => ({ locations, actors })),
  );
