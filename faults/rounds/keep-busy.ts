import { setTimeout as sleep } from "node:timers/promises";
import { type BegunRun, beginRun } from "../actors/begin-run.ts";
import type { Site } from "../actors/site.ts";
import { countUnfinished } from "../actors/work-watch.ts";
import type { DisturbedRound } from "../plan/round.ts";
import { thrashingUnder } from "../plan/run-specs.ts";

const LOOK_MS = 60;

/** Begins runs so that the servers always have some to execute, until it is ended. */
export class Load {
  readonly runs: BegunRun[] = [];
  readonly #site: Site;
  readonly #round: DisturbedRound;
  readonly #onBegun: (run: BegunRun) => void;
  #isEnded = false;
  #hasFailed = false;
  readonly #done: Promise<void>;

  constructor(site: Site, round: DisturbedRound, onBegun: (run: BegunRun) => void) {
    this.#site = site;
    this.#round = round;
    this.#onBegun = onBegun;
    this.#done = this.#keep();
    // It is waited for later, and fails then.
    this.#done.catch(() => (this.#hasFailed = true));
  }

  /** @throws Error if a run was refused. */
  async end(): Promise<readonly BegunRun[]> {
    this.#isEnded = true;
    await this.#done;
    return this.runs;
  }

  /** Comes back when there is a run that faults can meet. */
  async firstBegun(): Promise<void> {
    while (this.runs.length === 0 && !this.#hasFailed) await sleep(LOOK_MS);
  }

  async #keep(): Promise<void> {
    const [first] = this.#round.runs;
    if (first !== undefined) await this.#begin(first, false);
    for (const policy of this.#round.misbehaving) await this.#begin(thrashingUnder(policy), true);
    for (let next = 1; !this.#isEnded; await sleep(LOOK_MS)) {
      const unfinished = await countUnfinished(this.#site.database);
      const spec = this.#round.runs[next % this.#round.runs.length];
      if (unfinished === undefined || unfinished > this.#round.servers || spec === undefined) continue;
      await this.#begin(spec, false);
      next++;
    }
  }

  async #begin(spec: DisturbedRound["runs"][number], isMisbehaving: boolean): Promise<void> {
    const key = `round ${this.#round.number} run ${this.runs.length}`;
    const run = await beginRun(this.#site, spec, `${key} of ${this.#site.servers[0]?.pid} ${performance.now()}`, isMisbehaving);
    this.runs.push(run);
    this.#onBegun(run);
  }
}
