/**
 * A behavior for people: a lane for each actor, what each step changed, and where it is written.
 */
import { formatValue, parseValue } from "tla2tools-runner";
import { localVariables } from "../mediator/correspondence/localVariables.js";
import { sharedVariables } from "../mediator/correspondence/sharedVariables.js";
import type { System } from "../mediator/system.js";
import { elementOf, type StateText } from "../model/stateText.js";
import { type MachineStep, machineAfter, statusText } from "../replay/machine.js";
import { colors, widthOf } from "./screen.js";
import { type PlacedModel, sourcePlaces } from "./sourcePlaces.js";
import { type Column, formatTable, visibleLength, wrapWords } from "./table.js";

export interface BehaviorRow {
  /** The number of the state that the step leads to, from 2, as TLC counts. */
  readonly state: number;
  readonly actor: number;
  readonly actorName: string;
  readonly action: string;
  /** The call that the step starts, the answer that it returns or is given; else empty. */
  readonly detail: string;
  /** Shared variables that changed: `vmCount: 0 -> 1`. */
  readonly changes: readonly string[];
  readonly model: string | undefined;
  readonly code: string | undefined;
}

/** Variables whose change is said by the lane itself: the steps say what they take and drop. */
const QUIET = new Set<string>([...localVariables, "refs"]);

const PER_DOMAIN = new Set(
  sharedVariables.filter(({ over }) => over === "domains").map(({ variable }) => variable),
);

/**
 * @param states One more than steps; the first is the initial state.
 * @param model Whose lines are named. Default: the project's.
 */
export function behaviorRows(
  system: System,
  steps: readonly MachineStep[],
  states: readonly StateText[],
  model?: PlacedModel,
): readonly BehaviorRow[] {
  const places = sourcePlaces(model);
  return withStatuses(system, steps).map((step, i) => {
    const actor = system.actors[step.actor - 1];
    const [before, after] = [states[i], states[i + 1]];
    return {
      state: i + 2,
      actor: step.actor,
      actorName: actor.name,
      action: step.action,
      detail: detailOf(step, before, after),
      changes: changesOf(before, after),
      model: places.model(step.action),
      code: places.code(step.action),
    };
  });
}

/** What the secure world answered, only the steps themselves can tell, so they are taken. */
function withStatuses(system: System, steps: readonly MachineStep[]): readonly MachineStep[] {
  const isAsked = system.layout.locations.some(({ kind }) => kind === "secureWorld");
  return isAsked ? machineAfter(system, steps).machine.taken : steps;
}

function detailOf(
  { action, actor, status }: MachineStep,
  before: StateText,
  after: StateText,
): string {
  if (status !== undefined) return `is told ${statusText(status)}`;
  if (action === "StartCall") return plain(elementOf(after.get("call"), actor));
  const answer = elementOf(after.get("answer"), actor);
  if (answer !== "" && answer !== "<<>>") return `answers ${plain(answer)}`;
  return action === "ReturnFromCall" ? plain(elementOf(before.get("answer"), actor)) : "";
}

/** `<<"VERSION", 101>>` as `VERSION 101`. */
const plain = (tuple: string): string =>
  tuple
    .replace(/^<<|>>$/g, "")
    .replaceAll('"', "")
    .replaceAll(",", "");

function changesOf(before: StateText, after: StateText): readonly string[] {
  return [...after]
    .filter(([variable, value]) => !QUIET.has(variable) && before.get(variable) !== value)
    .flatMap(([variable, value]) => {
      if (!PER_DOMAIN.has(variable)) return [`${variable}: ${before.get(variable)} -> ${value}`];
      return changedElements(variable, before.get(variable), value);
    });
}

/** Of a function on the domains, the elements that changed. */
function changedElements(variable: string, before: string | undefined, after: string): string[] {
  const value = parseValue(after);
  const elements = value.type === "tuple" ? value.elements.map((each) => formatValue(each)) : [];
  return elements.flatMap((element, i) => {
    const old = elementOf(before, i + 1);
    return old === element ? [] : [`${variable}[${i + 1}]: ${old} -> ${element}`];
  });
}

/** A lane for each actor that takes part; the plain list where the lanes do not fit. */
export function formatBehavior(
  system: System,
  rows: readonly BehaviorRow[],
  width = widthOf(process.stdout),
): string {
  const taking = new Set(rows.map(({ actor }) => actor));
  const lanes = system.actors.filter(({ number }) => taking.has(number));
  const columns: Column[] = [
    { title: "state", align: "right" },
    ...lanes.map(({ name }) => ({ title: name })),
    { title: "changes" },
    { title: "model" },
    { title: "code" },
  ];
  const cells = rows.map((row) => [
    String(row.state),
    ...lanes.map(({ number }) => (number === row.actor ? laneText(row) : colors.dim("|"))),
    row.changes.join("  "),
    colors.dim(row.model ?? ""),
    colors.dim(row.code ?? ""),
  ]);
  const placed = rows.some(({ model, code }) => model !== undefined || code !== undefined);
  const wide = formatTable(columns, cells, Number.POSITIVE_INFINITY);
  if (placed && wide.split("\n").every((line) => visibleLength(line) <= width)) return wide;
  // Without the places, which then stand below, the lanes may still fit.
  const lanesOnly = formatTable(
    columns.slice(0, -2),
    cells.map((row) => row.slice(0, -2)),
    Number.POSITIVE_INFINITY,
  );
  const fits = lanesOnly.split("\n").every((line) => visibleLength(line) <= width);
  if (!fits) return rows.map((row) => formatRow(row, width)).join("\n");
  return placed ? `${lanesOnly}\n\n${formatPlaces(rows)}` : lanesOnly;
}

const laneText = ({ action, detail }: BehaviorRow): string =>
  detail === "" ? action : `${action} ${colors.cyan(detail)}`;

/** Where each action is written, once. */
function formatPlaces(rows: readonly BehaviorRow[]): string {
  const places = new Map(rows.map((row) => [row.action, row]));
  const columns: Column[] = [{ title: "action" }, { title: "model" }, { title: "code" }];
  const cells = [...places.values()].map((row) => [row.action, row.model ?? "", row.code ?? ""]);
  return formatTable(columns, cells);
}

function formatRow(row: BehaviorRow, width: number): string {
  const head = `${String(row.state).padStart(3)} ${row.actorName}: ${laneText(row)}`;
  const places = [row.model, row.code].filter((place) => place !== undefined);
  const together = places.length === 0 ? [] : [places.join("  ")];
  const fits = together.every((line) => INDENT.length + line.length <= width);
  const details = [...row.changes, ...(fits ? together : places).map((line) => colors.dim(line))];
  return [head, ...details.map((detail) => INDENT + detail)]
    .map((line) => wrapWords(line, width, `${INDENT}  `))
    .join("\n");
}

const INDENT = "      ";
