/** One worker's part of a search: its own states, and the exchange of all others. */
import { Channel } from "./channel.js";
import { Crew, ownerOf } from "./crew.js";
import { StepBatch } from "./expander.js";
import type { Search } from "./search.js";
import type { WorkerTask } from "./workerMessages.js";

/** States that are taken in at once. */
const INTAKE = 1024;

export class Partner {
  private readonly crew: Crew;
  private readonly outbound: readonly (Channel | null)[];
  private readonly inbound: readonly (Channel | null)[];
  /** What is on its way to each worker. */
  private readonly outgoing: readonly StepBatch[];
  private readonly intake: StepBatch;
  private readonly me: number;

  constructor(
    private readonly search: Search,
    task: WorkerTask,
  ) {
    const { words } = search.set;
    this.me = task.worker;
    this.crew = new Crew(task.crew, task.workers);
    const channelOf = (data: Int32Array | null) => data && new Channel(data, words);
    this.outbound = task.channels[this.me].map(channelOf);
    this.inbound = task.channels.map((row) => channelOf(row[this.me]));
    this.outgoing = task.channels.map(() => new StepBatch(words, search.batch.hashes.length, 0));
    this.intake = new StepBatch(words, INTAKE, 0);
  }

  /** Searches to the end, or until anybody stops. */
  run(): void {
    const { search, crew, me } = this;
    search.start();
    if (ownerOf(search.batch.hashes[0], crew.workers) === me) search.addAll(search.batch);
    else search.generated = 0;
    for (let level = 0; this.finishLevel(level) && crew.foundAt(level) > 0; ) {
      search.beginLevel();
      level++;
      while (search.hasStates) {
        if (this.isOver()) return;
        search.expandSome();
        this.sendAway();
        search.addAll(search.batch);
        this.takeIn();
        this.tell();
      }
      crew.sent(me, level);
      if (!this.takeInRest(level)) return;
    }
  }

  /** Waits until every worker has all states of the next level. @returns false to stop. */
  private finishLevel(level: number): boolean {
    this.crew.finished(this.me, level, this.search.found);
    this.tell();
    while (!this.crew.allFinished(level)) {
      if (this.isOver()) return false;
      this.crew.pause();
    }
    return !this.isOver();
  }

  private isOver(): boolean {
    if (this.search.stopped) this.crew.stop();
    return this.crew.stopped;
  }

  private tell(): void {
    const { set, generated, frontier, depth } = this.search;
    this.crew.tell(this.me, [set.size, generated, frontier, depth, set.bytes]);
  }

  /** Leaves in the batch what is this worker's own. */
  private sendAway(): void {
    const { batch, set } = this.search;
    const { outgoing, me } = this;
    const { workers } = this.crew;
    const n = set.words;
    const { states, hashes } = batch;
    for (const away of outgoing) away.count = 0;
    let kept = 0;
    for (let i = 0; i < batch.count; i++) {
      const hash = hashes[i];
      const owner = ownerOf(hash, workers);
      const to = owner === me ? batch : outgoing[owner];
      const at = owner === me ? kept++ : to.count++;
      for (let w = 0; w < n; w++) to.states[at * n + w] = states[i * n + w];
      to.hashes[at] = hash;
    }
    batch.count = kept;
    for (const [owner, away] of outgoing.entries()) this.sendTo(owner, away);
  }

  private sendTo(owner: number, { states, hashes, count }: StepBatch): void {
    const channel = this.outbound[owner];
    for (let sent = 0; channel !== null && sent < count; ) {
      const part = Math.min(channel.room, count - sent);
      if (part > 0) channel.write(states, hashes, sent, sent + part);
      sent += part;
      if (sent === count || this.isOver()) return;
      // The other may be waiting for room here as well.
      if (this.takeIn() === 0) this.crew.pause();
    }
  }

  /** Takes in what others have sent. @returns how many states. */
  private takeIn(): number {
    const { intake, search } = this;
    let total = 0;
    for (const channel of this.inbound) {
      if (channel === null || channel.waiting === 0) continue;
      intake.count = channel.read(intake.states, intake.hashes, INTAKE);
      total += intake.count;
      search.addAll(intake);
    }
    return total;
  }

  /** Takes in all that the others send at this level. @returns false to stop. */
  private takeInRest(level: number): boolean {
    const { crew, me } = this;
    for (;;) {
      if (this.isOver()) return false;
      const allSent = crew.everyone.every((worker) => worker === me || crew.hasSent(worker, level));
      if (this.takeIn() > 0) continue;
      if (allSent) return true;
      crew.pause();
    }
  }
}
