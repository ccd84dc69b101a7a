/**
 * The action properties of FfaMediator.tla, by name, as clauses over steps of the implementation.
 */
import { ABSENT } from "../../../src/sync/index.js";
import { NO_VERSION, supportedVersions } from "../../../src/version.js";
import type { StepClause } from "../../engine/clause.js";
import { wordFromModel } from "../correspondence/words.js";
import { type MediatorParts, toldOf } from "./mediatorView.js";

type Clauses = (parts: MediatorParts) => readonly StepClause[];

export const stepProperties: Readonly<Record<string, Clauses>> = {
  VersionSetOnceProp: (parts) =>
    parts.domains.map((d) => ({
      actors: [],
      slots: [parts.vers(d), parts.life(d)],
      changes: [parts.vers(d).slot],
      holds: (before, after) =>
        parts.versOf(before, d) === NO_VERSION ||
        parts.versOf(after, d) === parts.versOf(before, d) ||
        parts.lifeOf(after, d) === ABSENT,
    })),

  PublishedIsRequestedProp: (parts) =>
    parts.domains.map((d) => ({
      actors: [],
      slots: [parts.vers(d), parts.versTmp(d)],
      changes: [parts.vers(d).slot],
      holds: (before, after) => {
        const published = parts.versOf(after, d);
        if (published === parts.versOf(before, d) || published === NO_VERSION) return true;
        return published === parts.versTmpOf(before, d);
      },
    })),

  RequestIsSettledProp: (parts) =>
    parts.domains.map((d) => {
      const vcpus = parts.vcpus.filter(({ domainId }) => domainId === d);
      return {
        actors: vcpus.map(({ number }) => number),
        slots: [parts.versTmp(d), parts.versLock(d)],
        changes: [parts.versTmp(d).slot],
        holds: (before, after) => {
          const settled = parts.versTmpOf(after, d);
          if (settled === parts.versTmpOf(before, d) || settled === NO_VERSION) return true;
          const holder = vcpus.find(({ number }) => number === before.code(parts.versLock(d).slot));
          const call = holder === undefined ? null : toldOf(before, holder.number, "call");
          if (call?.name !== "VERSION") return false;
          const { version } = parts.system.options;
          const asked = wordFromModel(call.first);
          return settled === (supportedVersions(version).includes(asked) ? asked : version);
        },
      };
    }),

  NoEffectBeforeRequestProp: (parts) =>
    parts.domains.map((d) => ({
      actors: [],
      slots: [parts.versTmp(d), parts.vers(d), parts.rxFree(d), ...parts.list],
      changes: [parts.vers(d), parts.rxFree(d), ...parts.list].map(({ slot }) => slot),
      holds: (before, after) => {
        if (parts.versTmpOf(before, d) !== NO_VERSION) return true;
        if (parts.versTmpOf(after, d) !== NO_VERSION) return true;
        return (
          parts.versOf(after, d) === parts.versOf(before, d) &&
          after.code(parts.rxFree(d).slot) === before.code(parts.rxFree(d).slot) &&
          (!parts.listed(after, d) || parts.listed(before, d))
        );
      },
    })),
};
