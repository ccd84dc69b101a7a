/** What exploring one model shows, and what there is to compare it with. */
import type { Parting } from "../conform/conformSpec.js";
import type { Exploration } from "../engine/exploration.js";
import type { Bounds } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";

/** TLC's counts, from a run of it or from the manifest. */
export interface TlcCounts {
  /** The run that counted just now, and what it came to; undefined for what the manifest pins. */
  readonly by?: { readonly engineName: string; readonly verdict: string } | undefined;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  /** Steps of each action; undefined where TLC was not asked. */
  readonly byAction?: ReadonlyMap<string, number> | undefined;
}

export interface ExploreOutcome {
  readonly model: Model;
  readonly bounds: Bounds;
  readonly system: System;
  readonly exploration: Exploration;
  /** Invariants and properties of the cfg that cannot be checked on the code. */
  readonly notChecked: readonly string[];
  /** TLC's counts for these bounds; undefined when there are none to compare with. */
  readonly tlc: TlcCounts | undefined;
  /** Whether an end at a limit is what was wanted: a look at larger bounds, as far as it goes. */
  readonly isSample: boolean;
  /** Where model and implementation part; looked for when TLC counts otherwise. */
  readonly parting: Parting | undefined;
}
