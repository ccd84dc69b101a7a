import type { Rule } from "../finding.js";
import { describeCell } from "../protocolCode.js";

const WHOLE = new Map([
  ["readCell", "accessOnce"],
  ["writeCell", "storeOnce"],
]);
const LOCKED = new Map([
  ["accessOnce", "readCell"],
  ["storeOnce", "writeCell"],
]);

/** The reviewer's rule: a cell declared so is read and written by these two, and no other is. */
export const accessOnce: Rule = {
  name: "access-once",
  description:
    "A cell declared `accessOnce` is read by accessOnce and written by storeOnce, and no other is.",
  check({ protocol }, report) {
    for (const { call, primitive, location } of protocol.steps) {
      if (location === undefined) continue;
      report.look();
      const { name } = primitive;
      if (location.accessOnce && !LOCKED.has(name)) {
        report.find(
          call,
          `${name} touches ${describeCell(location)}, which is declared accessOnce`,
          `use ${WHOLE.get(name) ?? "accessOnce or storeOnce"}`,
        );
      }
      if (!location.accessOnce && LOCKED.has(name)) {
        report.find(
          call,
          `${name} touches ${describeCell(location)}, which is not declared accessOnce`,
          `use ${LOCKED.get(name)}, or declare the cell with accessOnce: true`,
        );
      }
    }
  },
};
