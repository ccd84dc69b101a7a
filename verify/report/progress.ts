/**
 * Live lines on a terminal, one for each job under way; elsewhere one quiet line when a job ends.
 * Everything goes to standard error, so that standard output stays clean.
 */
import { createLogUpdate } from "log-update";

export interface Progress {
  /** What a job is doing now. */
  update(job: string, text: string): void;
  /** A job has ended; the line stays. */
  end(job: string, text: string): void;
  /** Removes the live lines. */
  stop(): void;
}

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY && process.env.TERM !== "dumb" ? liveProgress(stream) : quietProgress(stream);
}

function liveProgress(stream: NodeJS.WriteStream): Progress {
  const live = createLogUpdate(stream);
  const jobs = new Map<string, string>();
  const show = () => live([...jobs].map(([job, text]) => `${job}: ${text}`).join("\n"));
  return {
    update(job, text) {
      jobs.set(job, text);
      show();
    },
    end(job, text) {
      jobs.delete(job);
      live.clear();
      stream.write(`${job}: ${text}\n`);
      if (jobs.size > 0) show();
    },
    stop() {
      live.clear();
      live.done();
    },
  };
}

function quietProgress(stream: NodeJS.WriteStream): Progress {
  return {
    update() {},
    end(job, text) {
      stream.write(`${job}: ${text}\n`);
    },
    stop() {},
  };
}
