/**
 * Model-based commands for fast-check. A command is one step of an interleaving; TLC's state graph
 * says which steps there are and where each leads, and the machine that runs the implementation
 * must agree after every one.
 */
import fc from "fast-check";
import { GOES_ON } from "../../verify/engine/branch.js";
import type { GraphEdge, StateGraph } from "../../verify/graph/stateGraph.js";
import { callText } from "../../verify/mediator/correspondence/words.js";
import type { System } from "../../verify/mediator/system.js";
import type { StateText } from "../../verify/model/stateText.js";
import { createMachine, type Machine, type MachineStep } from "../../verify/replay/machine.js";
import { formatSchedule, type ScheduleStep } from "../../verify/replay/schedule.js";

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

  /**
   * The edges of the graph that this step may be: none where the graph does not offer it, and more
   * than one only where the environment chooses.
   */
  protected abstract edgesIn(place: Place): readonly GraphEdge[];

  /** The step to take, of those that the machine has. */
  protected stepOf(_: Machine): ScheduleStep {
    return this.step;
  }

  check(place: Readonly<Place>): boolean {
    return this.edgesIn(place).length > 0;
  }

  run(place: Place, machine: Machine): void {
    const edges = this.edgesIn(place);
    const [first] = edges;
    if (first === undefined) throw new Error("a command runs only where the graph offers it");
    const step = this.stepOf(machine);
    const schedule = [...machine.taken, step];
    try {
      machine.take(step);
    } catch (error) {
      throw new InterleavingError(place, `${first.action} fails: ${error}`, schedule);
    }
    // Which edge a choice is, only its end tells; with none of these ends, the states differ.
    const reached = edges.length > 1 ? place.graph.find(machine.stateText()) : first.to;
    place.state = edges.find(({ to }) => to === reached)?.to ?? first.to;
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
    branch: number,
  ) {
    super({ actor, branch });
  }

  /** Of the vCPU's starts, the one into a state in which it serves this call. */
  protected edgesIn(place: Place): readonly GraphEdge[] {
    const starts = edgesOf(place, this.step.actor).filter(({ action }) => action === "StartCall");
    const now = place.graph.states[place.state].get("call");
    return starts.filter(({ to }) => place.graph.states[to].get("call") === this.callsAfter(now));
  }

  private callsAfter(now = ""): string {
    const vcpus = this.system.actors.filter(({ kind }) => kind === "vcpu").length;
    const calls = now === "" ? [] : elementsOf(now, vcpus);
    calls[this.step.actor - 1] = this.call;
    return `<<${calls.join(", ")}>>`;
  }

  private get call(): string {
    return callText(this.system.calls[this.step.branch]);
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

/**
 * A vCPU in the hypervisor, or a toolstack task under way, takes its next step: of those that the
 * environment leaves it, the one of that number, counted round.
 */
class GoOn extends Step {
  constructor(
    actor: number,
    private readonly pick: number,
  ) {
    super({ actor, branch: GOES_ON });
  }

  protected edgesIn(place: Place): readonly GraphEdge[] {
    const beginnings = ["StartCall", "CreateDomain", "PauseDomain"];
    return edgesOf(place, this.step.actor).filter(({ action }) => !beginnings.includes(action));
  }

  protected override stepOf(machine: Machine): ScheduleStep {
    const steps = machine.enabledSteps().filter(({ actor }) => actor === this.step.actor);
    return steps[this.pick % steps.length] ?? this.step;
  }

  toString(): string {
    return `step of actor ${this.step.actor}, its choice ${this.pick}`;
  }
}

/** The toolstack creates a domain, or begins to destroy it. */
class Toolstack extends Step {
  constructor(
    actor: number,
    branch: number,
    private readonly action: string,
  ) {
    super({ actor, branch });
  }

  protected edgesIn(place: Place): readonly GraphEdge[] {
    return edgesOf(place, this.step.actor).filter(({ action }) => action === this.action);
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
  const answers = system.layout.locations.map(({ kind, values = [0] }) => {
    return kind === "secureWorld" ? values.length : 1;
  });
  const goOn = fc
    .tuple(fc.constantFrom(...system.actors), fc.nat({ max: Math.max(...answers) - 1 }))
    .map(([{ number }, pick]) => new GoOn(number, pick));
  const start = fc
    .tuple(numbers("vcpu"), calls)
    .map(([actor, branch]) => new StartCall(system, actor, branch));
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

/**
 * Runs an interleaving from the initial state.
 *
 * @returns The steps that were taken.
 * @throws InterleavingError at the first difference
 */
export function runInterleaving(
  modelName: string,
  graph: StateGraph,
  system: System,
  commands: Iterable<StepCommand>,
): readonly MachineStep[] {
  const real = createMachine(system);
  fc.modelRun(() => {
    const model: Place = { modelName, graph, state: graph.initial };
    expectSame(model, real);
    return { model, real };
  }, commands);
  return real.taken;
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
