/**
 * Model-based commands for fast-check. A command is one step of an interleaving; TLC's state graph
 * says which steps there are and where each leads, and the machine that runs the implementation
 * must agree after every one.
 */
import fc from "fast-check";
import type { GraphEdge, StateGraph } from "../../verify/graph/stateGraph.js";
import { callText } from "../../verify/mediator/correspondence/words.js";
import type { System } from "../../verify/mediator/system.js";
import type { StateText } from "../../verify/model/stateText.js";
import { createMachine, type Machine } from "../../verify/replay/machine.js";
import { formatSchedule, GOES_ON, type ScheduleStep } from "../../verify/replay/schedule.js";

/** Where the interleaving stands in the graph. */
export interface Place {
  readonly modelName: string;
  readonly graph: StateGraph;
  state: number;
}

export type StepCommand = fc.Command<Place, Machine>;

/** The implementation and the graph differ; the message ends with the command that shows it. */
export class InterleavingError extends Error {
  override readonly name = "InterleavingError";
  constructor(
    place: Place,
    what: string,
    /** The shortest way to the difference that is known. */
    readonly schedule: readonly ScheduleStep[],
  ) {
    const replay = `npx ffa-verify replay --model ${place.modelName}`;
    const steps = `${schedule.length} steps`;
    super(`${what}\nafter ${steps}: ${replay} --schedule "${formatSchedule(schedule)}"`);
  }
}

abstract class Step implements StepCommand {
  protected constructor(protected readonly step: ScheduleStep) {}

  /** The edge of the graph that this step is, if the graph offers it. */
  protected abstract edgeIn(place: Place): GraphEdge | undefined;

  check(place: Readonly<Place>): boolean {
    return this.edgeIn(place) !== undefined;
  }

  run(place: Place, machine: Machine): void {
    const edge = this.edgeIn(place);
    if (edge === undefined) throw new Error("a command runs only where the graph offers it");
    const schedule = [...machine.taken, this.step];
    try {
      machine.take(this.step);
    } catch (error) {
      throw new InterleavingError(place, `${edge.action} fails: ${error}`, schedule);
    }
    place.state = edge.to;
    expectSame(place, machine);
  }

  abstract toString(): string;
}

const edgesOf = ({ graph, state }: Place, actor: number): readonly GraphEdge[] =>
  graph.outEdges(state).filter((edge) => edge.actor === actor);

/** An idle vCPU makes a call. */
class StartCall extends Step {
  constructor(
    private readonly system: System,
    actor: number,
    program: number,
  ) {
    super({ actor, program });
  }

  /** Of the vCPU's starts, the one into a state in which it serves this call. */
  protected edgeIn(place: Place): GraphEdge | undefined {
    const starts = edgesOf(place, this.step.actor).filter(({ action }) => action === "StartCall");
    const now = place.graph.states[place.state].get("call");
    return starts.find(({ to }) => place.graph.states[to].get("call") === this.callsAfter(now));
  }

  private callsAfter(now = ""): string {
    const vcpus = this.system.actors.filter(({ kind }) => kind === "vcpu").length;
    const calls = now === "" ? [] : elementsOf(now, vcpus);
    calls[this.step.actor - 1] = this.call;
    return `<<${calls.join(", ")}>>`;
  }

  private get call(): string {
    return callText(this.system.calls[this.step.program]);
  }

  toString(): string {
    return `start ${this.call} on actor ${this.step.actor}`;
  }
}

/** The elements of a tuple of calls, each `<<>>` or `<<"NAME", argument>>`. */
function elementsOf(tuple: string, length: number): string[] {
  const elements = tuple.slice(2, -2).match(/<<[^<>]*>>/g) ?? [];
  if (elements.length !== length) throw new Error(`${length} calls expected in ${tuple}`);
  return [...elements];
}

/** A vCPU in the hypervisor, or a toolstack task under way, takes its next step. */
class GoOn extends Step {
  constructor(actor: number) {
    super({ actor, program: GOES_ON });
  }

  protected edgeIn(place: Place): GraphEdge | undefined {
    const beginnings = ["StartCall", "CreateDomain", "PauseDomain"];
    return edgesOf(place, this.step.actor).find(({ action }) => !beginnings.includes(action));
  }

  toString(): string {
    return `step of actor ${this.step.actor}`;
  }
}

/** The toolstack creates a domain, or begins to destroy it. */
class Toolstack extends Step {
  constructor(
    actor: number,
    program: number,
    private readonly action: string,
  ) {
    super({ actor, program });
  }

  protected edgeIn(place: Place): GraphEdge | undefined {
    return edgesOf(place, this.step.actor).find(({ action }) => action === this.action);
  }

  toString(): string {
    return `${this.action} by actor ${this.step.actor}`;
  }
}

/** Interleavings of up to `maxCommands` steps. Most are steps of a call that is under way. */
export function interleavings(
  system: System,
  maxCommands: number,
): fc.Arbitrary<Iterable<StepCommand>> {
  const numbers = (kind: string) =>
    fc.constantFrom(...system.actors.filter((a) => a.kind === kind).map((a) => a.number));
  const calls = fc.nat({ max: system.calls.length - 1 });
  const goOn = fc.constantFrom(...system.actors).map(({ number }) => new GoOn(number));
  const start = fc
    .tuple(numbers("vcpu"), calls)
    .map(([actor, program]) => new StartCall(system, actor, program));
  const create = numbers("toolstack").map((actor) => new Toolstack(actor, 0, "CreateDomain"));
  const destroy = numbers("toolstack").map((actor) => new Toolstack(actor, 1, "PauseDomain"));
  const steps = fc.oneof(
    { weight: 16, arbitrary: goOn },
    { weight: 4, arbitrary: start },
    { weight: 2, arbitrary: create },
    { weight: 1, arbitrary: destroy },
  );
  return fc.commands<Place, Machine>([steps], { maxCommands, size: "max" });
}

/** Runs an interleaving from the initial state. @throws InterleavingError at the first difference */
export function runInterleaving(
  modelName: string,
  graph: StateGraph,
  system: System,
  commands: Iterable<StepCommand>,
): void {
  fc.modelRun(() => {
    const model: Place = { modelName, graph, state: graph.initial };
    const real = createMachine(system);
    expectSame(model, real);
    return { model, real };
  }, commands);
}

/** The same state, and the same steps out of it: each with its actor, its name and its successor. */
function expectSame(place: Place, machine: Machine): void {
  const { graph, state } = place;
  const text = machine.stateText();
  if (graph.find(text) !== state) {
    const what = `the states differ\n${differences(graph.states[state], text)}`;
    throw new InterleavingError(place, what, [...machine.taken]);
  }
  const edges = graph.outEdges(state);
  const steps = machine.enabledSteps().map((step) => ({ ...step, to: seen(machine, step) }));
  const inModel = edges.map(({ actor, action, to }) => `${actor} ${action} ${to}`);
  const inMachine = steps.map(
    ({ actor, action, to }) => `${actor} ${action} ${indexOf(graph, to)}`,
  );
  const [missing, extra] = [without(inModel, inMachine), without(inMachine, inModel)];
  if (missing.length + extra.length === 0) return;
  const edge = edges[inModel.indexOf(missing[0])];
  const step = steps[inMachine.indexOf(extra[0])];
  const what = ["the enabled steps differ", `  model only: ${nameOf(edge)}`];
  what.push(`  implementation only: ${nameOf(step)}`);
  if (edge?.action === step?.action && edge !== undefined) {
    what.push(typeof step.to === "string" ? step.to : differences(graph.states[edge.to], step.to));
  }
  throw new InterleavingError(place, what.join("\n"), [...machine.taken]);
}

const nameOf = (step: { actor: number; action: string } | undefined): string =>
  step === undefined ? "none" : `${step.action} by actor ${step.actor}`;

/** Where a step leads, or how it fails. */
function seen(machine: Machine, step: ScheduleStep): StateText | string {
  try {
    return machine.successor(step);
  } catch (error) {
    return String(error);
  }
}

const indexOf = (graph: StateGraph, to: StateText | string): number =>
  typeof to === "string" ? -1 : graph.find(to);

/** What is left of `all` when each of `taken` has taken one away. */
function without(all: readonly string[], taken: readonly string[]): readonly string[] {
  const left = [...all];
  for (const each of taken) {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

function differences(model: StateText, implementation: StateText): string {
  return [...model]
    .filter(([variable, value]) => implementation.get(variable) !== value)
    .map(([name, value]) => `  ${name}: model ${value}, implementation ${implementation.get(name)}`)
    .join("\n");
}
