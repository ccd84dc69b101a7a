/** Runs the command line as a user does, from `dist/`. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../verify/model/paths.js";

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const cli = join(projectRoot, "dist/verify/cli.js");

/**
 * @param env Variables to add; undefined removes one.
 * @param cwd The working directory. Default: this process's.
 */
export function ffaVerify(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  cwd?: string,
): CliRun {
  const run = spawnSync(process.execPath, [cli, ...args], {
    encoding: "utf8",
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...env },
    maxBuffer: 1 << 26,
  });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}
