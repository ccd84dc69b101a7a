import { type CheckedProject, SPEC_FILE } from "../checkedProject.js";
import { placeOfText, type Report, type Rule } from "../finding.js";

const TABLE = "verify/mediator/correspondence/actions.ts";
const LOCAL = "verify/mediator/correspondence/localVariables.ts";

/** The label of an actor that takes no step now. */
const IDLE = "idle";

export const actionLabels: Rule = {
  name: "action-labels",
  description: "Every action of the spec is a label of a step and a row of the table, and back.",
  check(project, report) {
    const inSpec = new Set(project.spec.actions.map(({ name }) => name));
    const inCode = new Set(project.protocol.steps.map(({ label }) => label));
    const inTable = new Set(project.correspondence.actions.map(({ action }) => action));
    for (const { name, place } of project.spec.actions) {
      report.look();
      if (!inCode.has(name)) {
        const remedy = `label the step "${name}", or take the action out of the spec`;
        report.find(place, `no step of src/ has the label of the action ${name}`, remedy);
      }
      if (!inTable.has(name)) {
        report.find(place, `the table has no row for the action ${name}`, `add it to ${TABLE}`);
      }
    }
    for (const { label, labelNode } of project.protocol.steps) {
      report.look();
      if (label === undefined || inSpec.has(label)) continue;
      report.find(
        labelNode,
        `the spec has no action ${label}`,
        `define ${label} in ${SPEC_FILE} and disjoin it in VcpuStep or ToolstackStep`,
      );
    }
    for (const { name, place } of project.spec.labels) {
      report.look();
      if (name === IDLE || inSpec.has(name)) continue;
      const remedy = "remove it, or disjoin the action in VcpuStep or ToolstackStep";
      report.find(place, `the label ${name} belongs to no action`, remedy);
    }
    checkTable(project, inSpec, report);
  },
};

function checkTable(project: CheckedProject, inSpec: ReadonlySet<string>, report: Report): void {
  const seen = new Set<string>();
  for (const { action } of project.correspondence.actions) {
    report.look();
    const place = placeOfText(project, TABLE, `action: "${action}"`);
    if (!inSpec.has(action)) {
      report.find(
        place,
        `the table has ${action}, which is no action of the spec`,
        "remove the row",
      );
    }
    if (seen.has(action)) report.find(place, `the table has ${action} twice`, "keep one row");
    seen.add(action);
  }
  for (const action of project.correspondence.workActions) {
    report.look();
    if (inSpec.has(action)) continue;
    const place = placeOfText(project, LOCAL, `${action}:`);
    report.find(
      place,
      `workAfter has ${action}, which is no action of the spec`,
      "correct its name",
    );
  }
}
