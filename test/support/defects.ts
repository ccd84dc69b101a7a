/** Seeded defects of a running system: the real code, with some of its operations changed. */
import type { Registers } from "../../src/abi.js";
import type { Operation, Protocol } from "../../src/sync/index.js";
import type { System } from "../../verify/mediator/system.js";

/** What becomes of an operation; null leaves the step out, and its result is 0. */
export type Change = (operation: Operation) => Operation | null;

/** The system with every operation of every actor changed. */
export function withDefect(system: System, change: Change): System {
  const actors = system.actors.map((actor) => ({
    ...actor,
    programs: actor.programs.map((program) => ({
      ...program,
      start: () => changed(program.start(), change),
    })),
  }));
  return { ...system, actors };
}

function* changed(
  code: Protocol<Registers | undefined>,
  change: Change,
): Protocol<Registers | undefined> {
  let step = code.next();
  while (!step.done) {
    const operation = change(step.value);
    step = code.next(operation === null ? 0 : yield operation);
  }
  return step.value;
}
