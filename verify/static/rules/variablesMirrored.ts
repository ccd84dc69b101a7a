import type { CheckedProject } from "../checkedProject.js";
import type { DeclaredLocation } from "../declaredLocations.js";
import { placeOfText, type Report, type Rule } from "../finding.js";

const SHARED = "verify/mediator/correspondence/sharedVariables.ts";
const LOCAL = "verify/mediator/correspondence/localVariables.ts";
const UNMIRRORED = "verify/mediator/correspondence/unmirrored.ts";

type Slots = "all" | readonly number[];

export const variablesMirrored: Rule = {
  name: "variables-mirrored",
  description: "Every variable of the spec has its place, and every declared slot its variable.",
  check(project, report) {
    checkVariables(project, report);
    checkRows(project, report);
    for (const location of project.protocol.locations) checkLocation(project, location, report);
  },
};

function checkVariables({ spec, correspondence }: CheckedProject, report: Report): void {
  const mirrored = [
    ...correspondence.sharedVariables.map(({ variable }) => variable),
    ...correspondence.localVariables,
  ];
  for (const { name, place } of spec.variables) {
    report.look();
    const times = mirrored.filter((variable) => variable === name).length;
    if (times === 1) continue;
    report.find(
      place,
      `the variable ${name} is ${times === 0 ? "not" : `${times} times`} in the correspondence`,
      `give it one row in ${SHARED} or one place in ${LOCAL}`,
    );
  }
}

/** Every row names what there is: a variable of the spec, a location of src/. */
function checkRows(project: CheckedProject, report: Report): void {
  const { spec, correspondence, protocol } = project;
  const variables = new Set(spec.variables.map(({ name }) => name));
  for (const { variable, location, over } of correspondence.sharedVariables) {
    report.look();
    const place = placeOfText(project, SHARED, `variable: "${variable}"`);
    const declared = protocol.locations.find(({ name }) => name === location);
    if (!variables.has(variable)) {
      report.find(place, `${variable} is no variable of the spec`, "remove the row");
    }
    if (declared === undefined) {
      report.find(
        place,
        `${variable} mirrors ${location}, which src/ does not declare`,
        "correct it",
      );
    } else if (declared.global !== (over === "nothing")) {
      const kind = declared.global ? "one for all domains" : "one for each domain";
      report.find(place, `${location} is ${kind}, and ${variable} is not`, "correct `over`");
    }
  }
  for (const variable of correspondence.localVariables) {
    report.look();
    if (variables.has(variable)) continue;
    const place = placeOfText(project, LOCAL, `"${variable}"`);
    report.find(place, `${variable} is no variable of the spec`, "remove it");
  }
  for (const { location, reason } of correspondence.unmirrored) {
    report.look();
    const place = placeOfText(project, UNMIRRORED, `location: "${location}"`);
    if (!protocol.locations.some(({ name }) => name === location)) {
      report.find(place, `${location} is excepted, and src/ does not declare it`, "remove the row");
    }
    if (reason.trim() === "")
      report.find(place, `${location} is excepted without a reason`, "say why");
  }
}

/** Every slot is mirrored by one variable, or excepted. */
function checkLocation(
  { correspondence, protocol }: CheckedProject,
  location: DeclaredLocation,
  report: Report,
): void {
  report.look();
  const { name, field, node } = location;
  const rows: readonly { location: string; slots: Slots }[] = [
    ...correspondence.sharedVariables,
    ...correspondence.unmirrored,
  ].filter((row) => row.location === name);
  if (field === "" || protocol.locations.filter((other) => other.field === field).length > 1) {
    const remedy = "give the location to a property, or a constant, that has a name of its own";
    report.find(node, `the field that holds ${name} cannot be told from others`, remedy);
  }
  if (rows.length === 0) {
    const remedy = `add a variable and its row in ${SHARED}, or a reason in ${UNMIRRORED}`;
    report.find(node, `no variable of the spec mirrors ${name}`, remedy);
    return;
  }
  for (const slot of slotsOf(location)) {
    const times = rows.filter(({ slots }) => slots === "all" || slots.includes(slot)).length;
    if (times === 1) continue;
    const rowsText = times === 0 ? "not mirrored" : `in ${times} rows`;
    report.find(
      node,
      `slot ${slot} of ${name} is ${rowsText}`,
      `correct the rows of ${name} in ${SHARED} and ${UNMIRRORED}`,
    );
  }
}

/** The slots to check; of a location whose number of slots depends on options, the first alone. */
const slotsOf = ({ slots = 1 }: DeclaredLocation): readonly number[] =>
  Array.from({ length: slots }, (_, slot) => slot);
