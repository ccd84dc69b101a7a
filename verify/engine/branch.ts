/**
 * Which one of its steps an actor takes. Idle, it has one for each program that it may start.
 * Under way, it has one, or one for each result that the environment may choose. A step is told by
 * its actor and its branch.
 */

/** The branch of a step that goes on with a task and leaves the environment no choice. */
export const GOES_ON = -1;

/**
 * The branch of the `nth` step, from 0, of an actor.
 *
 * @param choices Under way, how many results the environment may choose from.
 */
export const branchOf = (nth: number, isIdle: boolean, choices: number): number =>
  isIdle || choices > 1 ? nth : GOES_ON;
