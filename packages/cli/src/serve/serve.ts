import { seedsText } from "@ballast/statistics/words";
import type { Logger } from "pino";
import { requireSecret } from "@ballast/server/access";
import { type Application, ensureBuiltInTraces, startApplication } from "@ballast/server/application";
import type { Configuration } from "@ballast/server/configuration";
import { createHttpServer, findFreePort } from "@ballast/server/http";
import { type Experiment, runsOf } from "@ballast/server/experiment";
import type { Run } from "@ballast/server/runs";
import { matchPage, PAGE_FOLDER } from "@ballast/web";
import type { Cli } from "../cli.ts";
import { untilInterrupted } from "../interruption.ts";
import { experimentSummary } from "../presentation/experiment-summary.ts";
import { rebuildLine } from "../presentation/rebuild-line.ts";
import { ReportPages } from "../report/report-pages.ts";
import { configurationOf } from "../configuration-of.ts";
import { watchFaults } from "./process-faults.ts";
import { showableComparison } from "./sample-comparison.ts";
import { createServerLog, logNotice, secretsOf } from "./server-log.ts";
import { welcomeLines } from "./welcome.ts";

export type ServeOptions = { readonly port?: string; readonly host?: string; readonly sample: boolean };

/** Serves until the process is asked to end. */
export async function serve(cli: Cli, { sample, ...flags }: ServeOptions): Promise<void> {
  const configuration = configurationOf(cli, flags);
  requireSecret(configuration.token);
  // Before the database is started and the sample is run, which take seconds.
  await findFreePort(configuration.host, configuration.port);
  const logger = createServerLog(configuration.logLevel, secretsOf(configuration));
  const faults = watchFaults(logger);
  try {
    await serveApplication({ ...cli, signal: AbortSignal.any([cli.signal, faults.signal]) }, configuration, logger, sample);
  } catch (error) {
    // What a fault breaks fails in its own way; the reason is the fault.
    faults.signal.throwIfAborted();
    throw error;
  } finally {
    faults.stopWatching();
  }
  faults.signal.throwIfAborted();
}

async function serveApplication(cli: Cli, configuration: Configuration, logger: Logger, sample: boolean): Promise<void> {
  const application = await startApplication(configuration, {
    execute: true,
    signal: cli.signal,
    onProgress: (message) => cli.progress.say(message),
    onNotice: (notice) => logNotice(logger, notice),
    onRebuild: (progress) => cli.progress.say(rebuildLine(progress)),
  });
  try {
    await ensureBuiltInTraces(application.pool, { onProgress: (message) => cli.progress.say(message), signal: cli.signal });
    const example = sample ? await showSample(cli, application) : undefined;
    await serveUntilInterrupted(cli, application, logger, example);
  } finally {
    cli.progress.clear();
    cli.progress.say("Stopping. Runs that are under way continue at the next start.");
    await application.shutdown();
  }
}

/** Returns a run of the comparison that was shown. */
async function showSample(cli: Cli, application: Application): Promise<Run | undefined> {
  const shown = await showableComparison(cli, application);
  if (shown === undefined) return undefined;
  const { comparison, isNew } = shown;
  await cli.output.line(headingOf(comparison, isNew));
  await cli.output.line();
  for (const line of experimentSummary(comparison, cli.output)) await cli.output.line(line);
  await cli.output.line();
  return runsOf(comparison)[0];
}

function headingOf({ id, scenarioName, seeds, createdAt }: Experiment, isNew: boolean): string {
  const what = `scenario ${scenarioName}, ${seedsText(seeds)}`;
  if (isNew) return `Comparison ${id}: ${what}`;
  return `The comparison that the first start made on ${createdAt.toISOString().slice(0, 10)}: ${what}`;
}

async function serveUntilInterrupted(cli: Cli, application: Application, logger: Logger, example: Run | undefined): Promise<void> {
  const { host, port, token, traceFolder, maxConnections, readerStallMs, readerBufferBytes, ...more } = application.configuration;
  const { maxConnectionOperations, maxClientOperations } = more;
  const limits = { readerStallMs, readerBufferBytes, maxConnectionOperations, maxClientOperations };
  const reports = new ReportPages(application);
  const page = { folder: PAGE_FOLDER, isScreen: (path: string) => matchPage(path) !== undefined };
  const server = await createHttpServer(application, { host, port, token, traceFolder, maxConnections, limits, logger, page, reports });
  try {
    const lines = welcomeLines(cli.output, application, server.url, example);
    for (const line of lines) await cli.output.line(line);
    await untilInterrupted(cli.signal);
  } finally {
    await server.close();
    await reports.close();
  }
}
