import type { Node } from "ts-morph";
import type { Rule } from "../finding.js";
import { type WalkedStep, walkProtocol } from "../flow.js";
import { placeOfNode } from "../nodePlace.js";
import { describeCell } from "../protocolCode.js";

/** Cell of a context -> where the path has read it. */
type Reads = ReadonlyMap<string, Node>;

/**
 * Two reads of a cell that a sibling may write are two values. One value is read on, but for two
 * moments at which the code decides anew: behind taking the lock that guards the cell, and where
 * the dispatch begins to serve a call.
 */
export const singleRead: Rule = {
  name: "single-read",
  description:
    "No path reads an accessOnce cell twice, but behind its lock or from a dispatch branch on.",
  check({ protocol }, report) {
    for (const { location } of protocol.steps) if (location?.accessOnce) report.look();
    walkProtocol<Reads>(protocol, {
      initial: new Map(),
      join: (a, b) => new Map([...b, ...a]),
      enterCase: () => new Map(),
      step(before, step) {
        if (step.primitive.operation === "lock") return without(before, step, protocol.locations);
        if (!step.location?.accessOnce || step.primitive.operation !== "read") return before;
        const first = before.get(keyOf(step));
        if (first !== undefined) {
          const { file, line } = placeOfNode(first);
          report.find(
            step.call,
            `${describeCell(step.location)} is read again; it was read at ${file}:${line}`,
            "read it once and pass the value on",
          );
        }
        return first === undefined ? new Map(before).set(keyOf(step), step.call) : before;
      },
    });
  },
};

const keyOf = ({ owner, location }: WalkedStep): string => `${owner}/${location?.field}`;

/** The reads that still count when `lock` has been taken: not those of the cells that it guards. */
function without(
  reads: Reads,
  lock: WalkedStep,
  locations: readonly { field: string; guardedBy: string | undefined }[],
): Reads {
  const guarded = locations.filter(({ guardedBy }) => guardedBy === lock.location?.field);
  const left = new Map(reads);
  for (const { field } of guarded) left.delete(`${lock.owner}/${field}`);
  return left;
}
