import { placeOfText, type Rule } from "../finding.js";
import { describeCell, functionName, type Step } from "../protocolCode.js";

const TABLE = "verify/mediator/correspondence/actions.ts";

/** One label is one action, wherever it is written: the same operation on the same field. */
export const labelPlaces: Rule = {
  name: "label-places",
  description:
    "Steps of one label are one operation on one field, in the functions that the table names.",
  check(project, report) {
    const rows = new Map(project.correspondence.actions.map((row) => [row.action, row]));
    const first = new Map<string, Step>();
    const functions = new Map<string, Set<string>>();
    for (const step of project.protocol.steps) {
      report.look();
      const { label, labelNode, inside } = step;
      if (label === undefined) continue;
      const before = first.get(label) ?? step;
      first.set(label, before);
      if (operationText(step) !== operationText(before)) {
        report.find(
          labelNode,
          `${label} is ${operationText(step)} here, and ${operationText(before)} elsewhere`,
          "give the two steps labels, and actions, of their own",
        );
      }
      functions.set(label, (functions.get(label) ?? new Set()).add(functionName(inside)));
      const row = rows.get(label);
      if (row === undefined || row.code.includes(functionName(inside))) continue;
      report.find(
        labelNode,
        `${functionName(inside)} yields ${label}; the table says ${row.code.join(", ")}`,
        `correct the row of ${label} in ${TABLE}, or give the step another label`,
      );
    }
    for (const { action, code } of rows.values()) {
      for (const name of code) {
        report.look();
        if (!functions.has(action) || functions.get(action)?.has(name)) continue;
        const place = placeOfText(project, TABLE, `action: "${action}"`);
        const message = `the table says that ${name} yields ${action}, and it does not`;
        report.find(place, message, `correct the row of ${action}`);
      }
    }
  },
};

function operationText({ primitive, location }: Step): string {
  const where = location === undefined ? "an unknown location" : describeCell(location);
  return `${primitive.operation} of ${where}`;
}
