/**
 * Systems whose shared state and programs are data: small protocols of any shape, with which the
 * explorer is tested against a search that has none of its shortcuts.
 */
import {
  assertNever,
  Layout,
  type Location,
  type OperationKind,
  type Protocol,
} from "../../src/sync/index.js";
import type { Checkable, StateView } from "./clause.js";
import { compiledModule } from "./compiledModule.js";
import type { Actor, Explorable, Program } from "./explorable.js";

/** A location of the layout; `owner` is the domain whose context it is in, or 0. */
export type ScriptLocation =
  | { readonly kind: "spinlock" | "rwlock"; readonly owner: number }
  | {
      readonly kind: "cell";
      readonly owner: number;
      readonly values: readonly number[];
      /** The index of the spinlock that a writer must hold. */
      readonly guardedBy?: number;
    }
  | {
      readonly kind: "counter";
      readonly owner: number;
      readonly low: number;
      readonly high: number;
    }
  | { readonly kind: "list"; readonly owner: number; readonly members: number }
  | { readonly kind: "buffer"; readonly owner: number; readonly bytes: number }
  | {
      readonly kind: "domain";
      readonly owner: number;
      readonly vcpus: number;
      readonly references: number;
    }
  | {
      readonly kind: "secureWorld";
      readonly owner: number;
      /** OK, which is 0, and statuses below. */
      readonly answers: readonly number[];
      readonly objects: number;
    };

/** One operation; when its result is `result`, the next `skip` steps are passed over. */
export interface ScriptStep {
  readonly kind: OperationKind;
  readonly at: number;
  readonly operand: number;
  readonly branch?: { readonly result: number; readonly skip: number };
}

export interface Script {
  readonly locations: readonly ScriptLocation[];
  /**
   * For each actor the programs that it may start when idle. None is empty, and none begins with a
   * result of the environment's choice.
   */
  readonly actors: readonly (readonly (readonly ScriptStep[])[])[];
  /** Slots that a model would not see. Default: none. */
  readonly hidden?: readonly number[];
  /** Invariants, by name: a slot never has this code. */
  readonly never?: Readonly<Record<string, { readonly slot: number; readonly code: number }>>;
}

/** @throws SyncFault ACTORS_OUT_OF_RANGE for no actor, or more than 30. */
export function createScriptedSystem(script: Script): Explorable {
  const layout = new Layout(script.actors.length);
  script.locations.forEach((location, i) => {
    declare(layout, location, `location ${i}`);
  });
  const actors = script.actors.map((programs, a): Actor => {
    return {
      number: a + 1,
      name: `actor ${a + 1}`,
      programs: programs.map((steps, p) => program(p, steps)),
    };
  });
  return {
    layout,
    actors,
    idle: { key: "idle" },
    hiddenSlots: script.hidden ?? [],
    checkableNames: Object.keys(script.never ?? {}),
    checkable: (name) => neverOf(script, name),
    recipe: { module: compiledModule(import.meta.url), data: script },
  };
}

/** The builder that a worker finds: see {@link SystemModule}. */
export const systemFrom = createScriptedSystem;

function neverOf({ never = {} }: Script, name: string): Checkable | undefined {
  if (!Object.hasOwn(never, name)) return undefined;
  const { slot, code } = never[name];
  const clause = {
    actors: [],
    slots: [{ slot, mask: -1 }],
    holds: (state: StateView) => state.code(slot) !== code,
  };
  return { name, states: [clause], steps: [] };
}

function declare(layout: Layout, location: ScriptLocation, name: string): Location {
  const { kind, owner } = location;
  switch (kind) {
    case "spinlock":
      return layout.spinlock(name, owner);
    case "rwlock":
      return layout.rwlock(name, owner);
    case "cell": {
      const { values, guardedBy } = location;
      const guard = guardedBy === undefined ? {} : { guardedBy: layout.locations[guardedBy] };
      return layout.cell(name, owner, { values, ...guard });
    }
    case "counter":
      return layout.counter(name, owner, location.low, location.high);
    case "list":
      return layout.list(name, owner, location.members);
    case "buffer":
      return layout.buffer(name, owner, location.bytes);
    case "domain":
      return layout.domain(name, owner, location.vcpus, location.references);
    case "secureWorld":
      return layout.secureWorld(name, owner, location.answers, location.objects);
    default:
      return assertNever(kind);
  }
}

const program = (index: number, steps: readonly ScriptStep[]): Program => ({
  start: () => run(steps),
  // Nothing is known of a script, so two runs are alike only if they have the same past.
  profile: (run) => ({ key: `program ${index}: ${run.steps.map(({ result }) => result)}` }),
});

function* run(steps: readonly ScriptStep[]): Protocol<undefined> {
  for (let i = 0; i < steps.length; i++) {
    const { kind, at, operand, branch } = steps[i];
    const result = yield { label: `step ${i} ${kind}`, kind, at, operand };
    if (branch?.result === result) i += branch.skip;
  }
  return undefined;
}
