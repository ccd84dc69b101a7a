/** The command line as tests run it: as a function, or as a process from `dist/` as a user does. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { runCommandLine } from "../../verify/commands/runCommandLine.js";
import { projectRoot } from "../../verify/model/paths.js";

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables to add; undefined removes one. */
type Variables = Readonly<Record<string, string | undefined>>;

export const cli = join(projectRoot, "dist/verify/cli.js");

/**
 * Runs a command in this process, whose streams are no terminal, and expects it to leave the
 * process as it was. What is about a process itself, as its signals are, is for `spawnFfaVerify`.
 */
export async function ffaVerify(args: readonly string[], env: Variables = {}): Promise<CliRun> {
  const before = handlers();
  const [stdout, stderr] = [catchWrites(process.stdout), catchWrites(process.stderr)];
  const restoreVariables = withVariables(env);
  try {
    const code = await runCommandLine(args);
    expect(handlers()).toEqual(before);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    restoreVariables();
    stderr.release();
    stdout.release();
  }
}

/** @param cwd The working directory. Default: this process's. */
export function spawnFfaVerify(args: readonly string[], env: Variables = {}, cwd?: string): CliRun {
  const run = spawnSync(process.execPath, [cli, ...args], {
    encoding: "utf8",
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...env },
    maxBuffer: 1 << 26,
  });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** What a command may set up for its own time, and must take away. */
const handlers = () => [
  ...["exit", "SIGINT", "SIGTERM", "SIGHUP"].map((name) => process.listenerCount(name)),
  process.exitCode,
];

/** @throws Error where the writes are caught already: two commands at once would be mixed up. */
function catchWrites(stream: NodeJS.WriteStream) {
  if (vi.isMockFunction(stream.write)) throw new Error("one command at a time");
  const texts: string[] = [];
  const write = vi.spyOn(stream, "write").mockImplementation((text) => {
    texts.push(String(text));
    return true;
  });
  return { text: () => texts.join(""), release: () => write.mockRestore() };
}

/** @returns Puts them back as they were. */
function withVariables(variables: Variables): () => void {
  const set = (all: Variables) => {
    for (const [name, value] of Object.entries(all)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  const before = Object.fromEntries(Object.keys(variables).map((key) => [key, process.env[key]]));
  set(variables);
  return () => set(before);
}
