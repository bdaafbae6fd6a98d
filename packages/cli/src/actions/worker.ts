import { availableParallelism } from "node:os";
import { startApplication } from "@ballast/server/application";
import type { RunStep } from "@ballast/server/runs/execution";
import type { Cli } from "../cli.ts";
import { configurationOf } from "../configuration-of.ts";
import { untilInterrupted } from "../interruption.ts";
import { showCount } from "@ballast/core/quantities";
import { rebuildLine } from "../presentation/rebuild-line.ts";

export type WorkerOptions = { readonly concurrency?: number; readonly quiet?: true };

/** Executes runs until the process is asked to end, and gives back those that are under way then. */
export async function workerAction(cli: Cli, { concurrency = availableParallelism(), quiet }: WorkerOptions): Promise<void> {
  let written = Promise.resolve();
  const note = (what: RunStep, id: string): void => {
    if (quiet !== true) written = written.then(() => cli.output.line(`${id} ${what}`)).catch(() => undefined);
  };
  const application = await startApplication(configurationOf(cli), {
    execute: "worker",
    concurrency,
    signal: cli.signal,
    onProgress: (message) => cli.progress.say(message),
    onNotice: ({ what, run, error }) => cli.progress.say([run === null ? "" : `Run number ${run}: `, what, reasonOf(error)].join("")),
    onRebuild: (progress) => cli.progress.say(rebuildLine(progress)),
    onRun: note,
  });
  try {
    const { queued } = await application.runs.getQueue();
    await cli.output.line(
      `Executing runs, ${showCount(concurrency)} at a time; ${showCount(queued)} are queued. Ctrl-C gives back those under way.`,
    );
    await untilInterrupted(cli.signal);
  } finally {
    cli.progress.clear();
    cli.progress.say("Stopping. Runs that are under way are given back, and continue elsewhere or at the next start.");
    await application.shutdown();
    await written;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `: ${error.message}` : "";
}
