import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { check_spec_with_cfg, initSync } from "tla-checker";
import type { EngineRequest } from "./runEngine.js";

// The whole of this file is what the worker does: one request in, one answer out. The engine does
// not let go of the thread while it checks, which is why it has one of its own that can be ended.
const request: EngineRequest = workerData;
const module = readFileSync(
  createRequire(import.meta.url).resolve("tla-checker/tla_checker_bg.wasm"),
);
initSync({ module });
parentPort?.postMessage(
  check_spec_with_cfg(
    request.spec,
    request.cfg,
    "{}",
    request.maxStates,
    request.maxDepth,
    !request.checkDeadlock,
    false,
  ),
);
