import { readFileSync } from "node:fs";
import {
  type EmbeddedResult,
  parseModule,
  type RunEmbeddedOptions,
  readCfg,
  runEmbedded,
  runTlc,
  type TlcResult,
  type TlcTools,
} from "../../src/index.js";
import { GraphLines, readDump } from "./dump.js";
import { Sandbox } from "./sandbox.js";

/** Runs the embedded engine on a module `Model` with a cfg. */
export async function embedded(
  tools: TlcTools,
  body: string,
  cfg: string,
  more: Partial<RunEmbeddedOptions> = {},
): Promise<EmbeddedResult> {
  const file = new Sandbox().model("Model", body, cfg);
  return embeddedOn(tools, file, more);
}

/** The same for a module in a file, with the cfg beside it. */
export async function embeddedOn(
  tools: TlcTools,
  file: string,
  more: Partial<RunEmbeddedOptions> = {},
): Promise<EmbeddedResult> {
  const config = file.replace(/\.tla$/, ".cfg");
  return runEmbedded({
    spec: await parseModule({ spec: file, tools }),
    cfg: readCfg(readFileSync(config, "utf8"), config),
    files: new Map([["Model", file]]),
    ...more,
  });
}

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
    embeddedOn(tools, file, { graph }),
    runTlc({
      spec: file,
      tools,
      dump,
      coverage: true,
      env: box.environment(),
      jvmArguments: ["-XX:TieredStopAtLevel=1"],
    }),
  ]);
  return { own, tlc, ownGraph: graph.lines, tlcGraph: readDump(dump) };
}
