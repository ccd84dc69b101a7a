/** The mediator with a secure world beside it, which its vCPUs ask in the midst of a call. */
import { type Location, type Operation, type Protocol, tellSp } from "../../src/sync/index.js";
import type { System, TaskAnswer } from "../../verify/mediator/system.js";

/** What a call asks, and how it goes on from the result: it asks the next thing, or is done. */
export type Ask = (world: Location) => Protocol<void>;

/** Asks until it is told something else than the answer of index 1. */
export const persistently: Ask = function* (world) {
  while ((yield* tellSp(world, 0x8001, "TellSp")) === 1);
};

/**
 * The system with a secure world that is asked in front of each operation with this label. No
 * variable of the model mirrors what it holds.
 */
export function asking(
  system: System,
  label: string,
  answers: readonly number[],
  ask: Ask,
  objects = 1,
): System {
  const world = system.layout.secureWorld("secure_world", 1, answers, objects);
  const actors = system.actors.map((actor) => ({
    ...actor,
    programs: actor.programs.map((program) => ({
      ...program,
      start: () => withQuestion(program.start(), label, () => ask(world)),
    })),
  }));
  return { ...system, actors, hiddenSlots: [...system.hiddenSlots, world.slot] };
}

function* withQuestion(
  code: Protocol<TaskAnswer>,
  label: string,
  ask: () => Protocol<void>,
): Protocol<TaskAnswer> {
  let step = code.next();
  while (!step.done) {
    const operation: Operation = step.value;
    if (operation.label === label) yield* ask();
    step = code.next(yield operation);
  }
  return step.value;
}
