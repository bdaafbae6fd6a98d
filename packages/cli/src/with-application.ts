import type { Application, StartOptions } from "@ballast/server/application";
import type { RebuildProgress } from "@ballast/server/projections";
import type { OpenOptions, StoredRuns } from "@ballast/server/stored-runs";
import type { Cli } from "./cli.ts";
import { rebuildLine } from "./presentation/rebuild-line.ts";

/** Starts what the work needs, and stops all of it again however the work ends. */
export async function withApplication<Result>(
  cli: Cli,
  { execute }: Pick<StartOptions, "execute">,
  work: (application: Application) => Promise<Result>,
): Promise<Result> {
  // Policies and the simulation take longer to load than all else: commands that need neither never load them.
  const { startApplication } = await import("@ballast/server/application");
  const { configurationOf } = await import("./configuration-of.ts");
  const onRebuild = (progress: RebuildProgress): void => cli.progress.hint(rebuildLine(progress));
  return await use(cli, await startApplication(configurationOf(cli), { execute, onRebuild, ...listenersOf(cli) }), work);
}

/** As `withApplication`, for work that only shows runs and comparisons. */
export async function withStoredRuns<Result>(cli: Cli, work: (stored: StoredRuns) => Promise<Result>): Promise<Result> {
  const { openStoredRuns } = await import("@ballast/server/stored-runs");
  const { configurationOf } = await import("./configuration-of.ts");
  return await use(cli, await openStoredRuns(configurationOf(cli), listenersOf(cli)), work);
}

async function use<Opened extends { shutdown(): Promise<void> }, Result>(
  cli: Cli,
  opened: Opened,
  work: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(opened);
  } finally {
    cli.progress.clear();
    await opened.shutdown();
  }
}

function listenersOf({ progress, signal }: Cli): OpenOptions & { readonly signal: AbortSignal } {
  return {
    signal,
    onProgress: (message) => progress.hint(message),
    onNotice: ({ what, error }) => progress.say(error instanceof Error ? `${what}: ${error.message}` : what),
  };
}
