/** What the mediator makes of a requested version. Source: DEN0077A, FFA_VERSION. */
import { NOT_SUPPORTED, type Registers, versionAnswer } from "./abi.js";
import { fixed, type MediatorOptions } from "./options.js";
import {
  CLOSED,
  hasBit31,
  majorOf,
  minorOf,
  NO_VERSION,
  supportedVersions,
  VERSION_1_0,
} from "./versionWord.js";

/** The version in force before a guest has asked for one; NO_VERSION when there is none. */
export function initialVersion({ choices, version }: MediatorOptions): number {
  if (choices.initial === "none") return NO_VERSION;
  return choices.initial === "oldest" ? VERSION_1_0 : version;
}

/** Every word that `guest_vers_tmp` can hold; the first is the initial one. */
export function requestableVersions(options: MediatorOptions): readonly number[] {
  const supported = supportedVersions(options.version);
  // The posted code compares major and minor only, so that bit 31 of a request is stored too.
  const marked = fixed(options, "RefuseBit31")
    ? []
    : supported.map((word) => (word | (2 ** 31)) >>> 0);
  const initial = initialVersion(options);
  const all = [NO_VERSION, ...supported, ...marked];
  return [initial, ...all.filter((word) => word !== initial)];
}

/** Every word that `guest_vers` can hold; the first is the initial one. */
export function publishableVersions(options: MediatorOptions): readonly number[] {
  const words = requestableVersions(options).filter((word) => word !== NO_VERSION);
  return [NO_VERSION, ...words, ...(options.choices.early === "closed" ? [CLOSED] : [])];
}

/** What becomes of a request: it is taken as it is, or as the choice for its kind says. */
export type RequestOutcome = "taken" | "mine" | "keep" | "refuse";

/** The outcome of a request while negotiation is open (C: `ffa_negotiate_version`). */
export function requestOutcome(requested: number, options: MediatorOptions): RequestOutcome {
  const { choices, version } = options;
  if (fixed(options, "RefuseBit31") && hasBit31(requested)) return "refuse";
  if (majorOf(requested) !== majorOf(version)) return choices.otherMajor;
  if (minorOf(requested) > minorOf(version)) return choices.greaterMinor;
  return "taken";
}

/** What FFA_VERSION answers while negotiation is open, to a request of this outcome. */
export function openAnswer(
  requested: number,
  outcome: RequestOutcome,
  { choices, version }: MediatorOptions,
): Registers {
  if (outcome === "refuse") return versionAnswer(NOT_SUPPORTED);
  const isNegotiated = outcome === "taken" && choices.takenAnswer === "negotiated";
  return versionAnswer(isNegotiated ? requested : version);
}

/** What FFA_VERSION answers once `negotiated` is published; "mine" does not look at it. */
export function laterAnswer(
  requested: number,
  negotiated: number,
  options: MediatorOptions,
): Registers {
  const { choices, version } = options;
  const refused = versionAnswer(NOT_SUPPORTED);
  if (fixed(options, "RefuseBit31") && hasBit31(requested)) return refused;
  switch (choices.laterAnswer) {
    case "mine":
      return versionAnswer(version);
    case "negotiated":
      return versionAnswer(negotiated);
    case "lower-refused": {
      const lower = minorOf(requested) < minorOf(negotiated);
      return lower || majorOf(requested) !== majorOf(negotiated)
        ? refused
        : versionAnswer(negotiated);
    }
    case "other-refused":
      return requested === negotiated ? versionAnswer(version) : refused;
  }
}
