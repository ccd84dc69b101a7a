/** Mediators as sets of fixes and choices. Source of each: docs/negotiation.md. */
import type { Choices } from "./choices.js";
import { designs, FIXES, type Fix } from "./fixes.js";
import { VERSION_1_1, VERSION_1_2 } from "./versionWord.js";

export interface Preset {
  readonly fixes: readonly Fix[];
  readonly choices: Choices;
  /** The mediator's own version. */
  readonly version: number;
}

const xen: Choices = {
  otherMajor: "mine",
  greaterMinor: "mine",
  takenAnswer: "mine",
  laterAnswer: "mine",
  ends: "call",
  initial: "none",
  early: "open",
  featuresInput: "refused",
  featuresInterrupt: "unknown",
};

export const presets = {
  /** The posted patch: `ffa_negotiate_version` and `ffa_handle_call`. */
  "xen-posted": { fixes: designs.posted, choices: xen, version: VERSION_1_1 },
  /** Xen in August 2026; negotiation is word for word that of the patch. */
  "xen-upstream-2026-08": {
    fixes: designs["upstream-2026-08"],
    choices: { ...xen, featuresInput: "ignored", featuresInterrupt: "known" },
    version: VERSION_1_2,
  },
  /** Hafnium: `api_ffa_version` and `hvc_smc_handler`, for a VM or a secure partition. */
  hafnium: {
    fixes: FIXES,
    choices: {
      otherMajor: "refuse",
      greaterMinor: "refuse",
      takenAnswer: "mine",
      laterAnswer: "other-refused",
      ends: "call-but-interrupt",
      initial: "mine",
      early: "open",
      featuresInput: "ignored",
      featuresInterrupt: "known",
    },
    version: VERSION_1_2,
  },
  /** TF-A's EL3 SPMC, for the normal world: `ffa_version_handler` and `spmc_smc_handler`. */
  "tf-a": {
    fixes: FIXES,
    choices: {
      otherMajor: "keep",
      greaterMinor: "keep",
      takenAnswer: "mine",
      laterAnswer: "negotiated",
      ends: "call",
      initial: "none",
      early: "closed",
      featuresInput: "refused",
      featuresInterrupt: "known",
    },
    version: VERSION_1_2,
  },
  /** OP-TEE's SPMC, for the normal world: `spmc_exchange_version`. */
  "op-tee": {
    fixes: FIXES,
    choices: {
      otherMajor: "keep",
      greaterMinor: "mine",
      takenAnswer: "mine",
      laterAnswer: "mine",
      ends: "never",
      initial: "oldest",
      early: "open",
      featuresInput: "ignored",
      featuresInterrupt: "known",
    },
    version: VERSION_1_2,
  },
  /** Linux pKVM, for the host: `do_ffa_version`. */
  pkvm: {
    fixes: FIXES,
    choices: {
      otherMajor: "refuse",
      greaterMinor: "mine",
      takenAnswer: "negotiated",
      laterAnswer: "lower-refused",
      ends: "version",
      initial: "none",
      early: "open",
      featuresInput: "ignored",
      featuresInterrupt: "known",
    },
    version: VERSION_1_2,
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;
