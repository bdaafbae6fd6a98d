import type { Application } from "@ballast/server/application";
import type { Experiment } from "@ballast/server/experiment";
import type { Run } from "@ballast/server/runs";
import { PageThread } from "./page-thread.ts";

/** Makes reports as pages, one at a time. What gathers their contents is loaded with the first. */
export class ReportPages {
  readonly #application: Application;
  readonly #thread = new PageThread();

  constructor(application: Application) {
    this.#application = application;
  }

  /** @throws the signal's reason when it aborts. */
  async experiment(experiment: Experiment, signal: AbortSignal): Promise<string> {
    const { experimentReport } = await import("./contents/experiment-report.ts");
    return await this.#thread.draw(await experimentReport(this.#application, experiment, signal), signal);
  }

  /** @throws the signal's reason when it aborts. */
  async run(run: Run, signal: AbortSignal): Promise<string> {
    const { runReport } = await import("./contents/run-report.ts");
    return await this.#thread.draw(await runReport(this.#application, run, signal), signal);
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }
}
