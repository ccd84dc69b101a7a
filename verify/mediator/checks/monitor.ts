/**
 * Monitors: small automata that run beside the implementation, for what no single state shows.
 * Each mirrors a monitor module of model/, by the name of its invariant.
 */
import { elementOf, type StateText } from "../../model/stateText.js";
import type { System } from "../system.js";

/** A step, with the states around it as the model writes them; those are made when asked for. */
export interface MonitoredStep {
  readonly actor: number;
  readonly label: string;
  readonly before: () => StateText;
  readonly after: () => StateText;
}

export interface Monitor {
  /** The invariant that says that the monitor has seen nothing bad. */
  readonly invariant: string;
  /** From one state of the monitor to the next; they are 0, 1, ..., and it starts in 0. */
  next(state: number, step: MonitoredStep): number;
  isBad(state: number): boolean;
}

const NOTHING = 0;
const THERE = 1;
const GONE = 2;
const CONTRADICTION = 3;

/** Mirrors MCH8.tla: what domain 1 is told about domain 2 goes there once, and back once. */
function oneMomentExplains(system: System): Monitor {
  const [asker, subject] = [1, 2];
  const isAsker = (actor: number): boolean => {
    const { kind, domainId } = system.actors[actor - 1];
    return kind === "vcpu" && domainId === asker;
  };
  return {
    invariant: "OneMomentExplainsInv",
    isBad: (state) => state === CONTRADICTION,
    next(state, step) {
      if (isAsker(step.actor)) {
        const there = toldBy(step);
        if (there !== undefined) return afterTold(state, there, lifeOf(step.before(), subject));
      }
      if (!["CreateDomain", "PauseDomain", "DropDomain"].includes(step.label)) return state;
      const lives = [asker, subject].map((d) => lifeOf(step.after(), d));
      return lives.includes("absent") ? NOTHING : state;
    },
  };
}

/**
 * Whether the caller is told, for good, that another VM is there; undefined when it is not told.
 */
function toldBy({ actor, label, before, after }: MonitoredStep): boolean | undefined {
  if (label === "ReadVmCount") return Number(before().get("vmCount")) - 1 > 0;
  if (label !== "NextContext" || elementOf(after().get("pc"), actor) !== '"ReadUnlockList"') {
    return undefined;
  }
  return !elementOf(before().get("work"), actor).endsWith("<<>>>>");
}

function afterTold(state: number, there: boolean, life: string): number {
  if (state === CONTRADICTION) return CONTRADICTION;
  if (there) return state === GONE ? CONTRADICTION : THERE;
  if (state === THERE && life === "running") return CONTRADICTION;
  return life === "paused" ? GONE : state;
}

const lifeOf = (text: StateText, domain: number): string =>
  elementOf(text.get("life"), domain).slice(1, -1);

const monitors = { OneMomentExplainsInv: oneMomentExplains };

/** The monitor of that invariant; undefined when the invariant needs none. */
export function monitorOf(system: System, invariant: string): Monitor | undefined {
  return Object.hasOwn(monitors, invariant)
    ? monitors[invariant as keyof typeof monitors](system)
    : undefined;
}
