import { evaluationErrors } from "./evaluationErrors.js";
import { refusals } from "./refusals.js";
import { successes } from "./successes.js";
import type { LoggedModel } from "./texts.js";
import { violations } from "./violations.js";

/** Every model of which a run of TLC is recorded, with what it tells. */
export const LOGGED: readonly LoggedModel[] = [
  ...violations,
  ...successes,
  ...evaluationErrors,
  ...refusals,
];
