/** The entry of a worker: searches its part, then answers questions about the states it has. */
import { parentPort, workerData } from "node:worker_threads";
import { ToolError } from "../support/verifyError.js";
import { AutomatonLog } from "./automatonLog.js";
import type { Checkable } from "./clause.js";
import { Crew } from "./crew.js";
import { FieldExhausted } from "./fieldExhausted.js";
import { Partner } from "./partner.js";
import { systemOf } from "./recipe.js";
import { Search } from "./search.js";
import { Stepper } from "./stepper.js";
import type { FromWorker, ToWorker, WorkerTask } from "./workerMessages.js";

const task = workerData as WorkerTask;
const tell = (message: FromWorker): void => parentPort?.postMessage(message);

try {
  await work();
} catch (error) {
  new Crew(task.crew, task.workers).stop();
  if (error instanceof FieldExhausted) {
    tell({ kind: "exhausted", field: error.field, what: error.what });
  } else {
    const fields = error instanceof ToolError ? error.toJSON() : undefined;
    tell({ kind: "error", fields, message: String(error) });
  }
}

async function work(): Promise<void> {
  const system = await systemOf(task.recipe);
  const stepper = new Stepper(system, task.widths, new AutomatonLog(task.log));
  const search = new Search(stepper, {
    checkables: task.invariants
      .map((name) => system.checkable(name))
      .filter((checkable): checkable is Checkable => checkable !== undefined),
    deadlock: task.deadlock,
    memoryLimit: task.memoryLimit,
    hashBits: task.hashBits,
  });
  new Partner(search, task).run();
  const { set } = search;
  tell({
    kind: "done",
    distinct: set.size,
    twins: set.twins,
    generated: search.generated,
    depth: search.depth,
    bytes: set.bytes,
    overheadBytes: set.overheadBytes,
    generatedByAction: stepper.table.countsByLabel(),
    finding: search.finding,
    full: search.full,
  });
  parentPort?.on("message", ({ target, level }: ToWorker) => {
    tell({ kind: "predecessor", state: search.predecessor(target, level) });
  });
}
