import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll } from "vitest";
import { ToolError } from "../../src/index.js";

const made: string[] = [];

// After the file and not after each test, because some tests of a file run at the same time.
afterAll(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

/** A directory for one test, with a space in its path, removed when the tests have ended. */
export class Sandbox {
  readonly path: string;
  /** The temporary directory that the code under test is given. */
  readonly temporary: string;

  constructor() {
    this.path = mkdtempSync(join(tmpdir(), "tla2tools runner "));
    this.temporary = join(this.path, "temporary files");
    mkdirSync(this.temporary);
    made.push(this.path);
  }

  /** Writes a file below the sandbox and returns its path. */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Writes a shell script and returns its path. */
  script(name: string, body: string): string {
    const path = this.file(name, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /** A module and its configuration; returns the path of the module. */
  model(name: string, body: string, cfg = "INIT Init\nNEXT Next\n"): string {
    this.file(`models of the test/${name}.cfg`, cfg);
    return this.file(`models of the test/${name}.tla`, `---- MODULE ${name} ----\n${body}\n====\n`);
  }

  /**
   * An environment that finds programs in `bin` of the sandbox, then in the system's own
   * directories without Java and Maven, and caches below the sandbox.
   */
  environment(more: Record<string, string> = {}): Record<string, string> {
    return {
      PATH: [join(this.path, "bin"), this.coreutils()].join(delimiter),
      HOME: this.path,
      TMPDIR: this.temporary,
      XDG_CACHE_HOME: join(this.path, "cache"),
      ...more,
    };
  }

  /** What is left in the temporary directory. */
  leftovers(): string[] {
    return readdirSync(this.temporary);
  }

  /** Whether the cache holds any file. */
  cached(): string[] {
    const directory = join(this.path, "cache", "tla2tools-runner");
    return existsSync(directory) ? readdirSync(directory) : [];
  }

  /** A directory with the few programs that the scripts of the tests use. */
  private coreutils(): string {
    const directory = join(this.path, "coreutils");
    for (const program of ["cat", "cp", "sleep"]) {
      const real = ["/bin", "/usr/bin"].map((bin) => join(bin, program)).find(existsSync);
      this.script(`coreutils/${program}`, `exec ${real} "$@"`);
    }
    return directory;
  }
}

/** The coded error with which a promise fails. */
export async function errorOf(promise: Promise<unknown>): Promise<ToolError> {
  const outcome = await promise.then(
    () => new Error("no error was thrown"),
    (error: unknown) => error,
  );
  if (outcome instanceof ToolError) return outcome;
  throw outcome;
}
