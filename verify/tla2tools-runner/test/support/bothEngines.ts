import {
  type EmbeddedResult,
  parseModule,
  readCfg,
  runEmbedded,
  runTlc,
  type TlcResult,
  type TlcTools,
} from "../../src/index.js";
import { GraphLines, readDump } from "./dump.js";
import { Sandbox } from "./sandbox.js";

export interface Both {
  readonly own: EmbeddedResult;
  readonly tlc: TlcResult;
  readonly ownGraph: readonly string[];
  readonly tlcGraph: readonly string[];
}

/** Runs both engines on a module `Model`, and keeps the graphs. */
export async function bothEngines(tools: TlcTools, body: string, cfg: string): Promise<Both> {
  const box = new Sandbox();
  const file = box.model("Model", body, cfg);
  const dump = `${box.path}/graph.dot`;
  const graph = new GraphLines();
  const [own, tlc] = await Promise.all([
    parseModule({ spec: file, tools }).then((spec) =>
      runEmbedded({ spec, cfg: readCfg(cfg, "Model.cfg"), graph }),
    ),
    runTlc({
      spec: file,
      tools,
      dump,
      env: box.environment(),
      isShort: true,
    }),
  ]);
  return { own, tlc, ownGraph: graph.lines, tlcGraph: readDump(dump) };
}
