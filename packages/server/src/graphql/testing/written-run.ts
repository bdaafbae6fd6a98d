import type { Application } from "../../application/index.ts";
import type { Run } from "../../runs/index.ts";
import { storeHistory } from "../../testing/store-history.ts";
import { SyntheticHistory } from "../../testing/synthetic-history.ts";
import { testScenario } from "./open-application.ts";

/** A run whose events a test writes as an executor would, as many as it wants and when it wants. */
export class WrittenRun {
  readonly id: string;
  private readonly application: Application;
  private readonly run: Run;
  readonly history = new SyntheticHistory({ seed: 7, framePages: 256, vms: 3, sharing: true });

  private constructor(application: Application, run: Run) {
    this.application = application;
    this.run = run;
    this.id = run.id;
  }

  static async begin(application: Application): Promise<WrittenRun> {
    const run = await application.runs.startRun({ scenario: testScenario });
    await application.pool.query("update runs set status = 'running' where id = $1", [run.logId]);
    return new WrittenRun(application, run);
  }

  get logId(): number {
    return this.run.logId;
  }

  /** The last position written. */
  get position(): number {
    return this.history.machine.position;
  }

  /** Appends at least `events` events, in commits of `eventsPerCommit`. */
  async write(events: number, eventsPerCommit = events): Promise<void> {
    const untilPosition = this.position + events;
    await storeHistory(this.application.pool, this.history, { untilPosition, eventsPerCommit, run: this.run.logId });
  }

  async finish(): Promise<void> {
    await this.application.pool.query("update runs set status = 'completed' where id = $1", [this.run.logId]);
  }
}
