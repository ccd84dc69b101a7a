import type { Node } from "ts-morph";
import type { Rule } from "../finding.js";
import { walkProtocol } from "../flow.js";
import { describeCell } from "../protocolCode.js";

/** The locks that every path to here has taken and not released. */
type Held = ReadonlySet<string>;

const TAKES = new Set(["lock", "writeLock"]);
const RELEASES = new Set(["unlock", "writeUnlock"]);

/**
 * What the memory finds out when a run writes without the lock, this finds for every path at once.
 * A lock that was only tried does not count as held, since the walk does not look at results.
 */
export const guardedWrite: Rule = {
  name: "guarded-write",
  description: "Every path to a write of a guarded cell has taken the cell's lock, and holds it.",
  check({ protocol }, report) {
    const reached = new Set<Node>();
    walkProtocol<Held>(protocol, {
      initial: new Set(),
      join: (a, b) => new Set([...a].filter((lock) => b.has(lock))),
      step(before, { call, primitive, location, owner }) {
        if (location === undefined) return before;
        reached.add(call);
        const key = `${owner}/${location.field}`;
        if (TAKES.has(primitive.operation)) return new Set([...before, key]);
        if (RELEASES.has(primitive.operation)) {
          return new Set([...before].filter((lock) => lock !== key));
        }
        const lock = location.guardedBy;
        if (primitive.operation === "write" && lock && !before.has(`${owner}/${lock}`)) {
          report.find(
            call,
            `a path writes ${describeCell(location)} without holding ${lock}`,
            `take ${lock} of the same context first, and release it behind the write`,
          );
        }
        return before;
      },
      recursion: (call) =>
        report.find(call, "a function calls itself, so its locks are not known", "use a loop"),
    });
    for (const { call, primitive, location } of protocol.steps) {
      if (primitive.operation !== "write" || location?.guardedBy === undefined) continue;
      report.look();
      if (reached.has(call)) continue;
      report.find(
        call,
        `no path from the start of a task to this write of ${describeCell(location)} was found`,
        "call the function from a task, or remove it",
      );
    }
  },
};
