import type { Command } from "commander";
import { type Application, startApplication } from "../../application/index.ts";
import type { Configuration } from "../../configuration/index.ts";
import { createHttpServer, requireTokenBeyondLoopback } from "../../http/index.ts";
import type { Cli } from "../cli.ts";
import { addExamples } from "../command-description.ts";
import { untilInterrupted } from "../interruption.ts";
import { comparisonLines } from "../presentation/comparison-lines.ts";
import { requireFreePort } from "../serve/require-free-port.ts";
import { showableComparison } from "../serve/sample-comparison.ts";
import { welcomeLines } from "../serve/welcome.ts";
import { configurationOf } from "../with-application.ts";

type Options = { readonly port?: string; readonly host?: string; readonly sample: boolean };

export function addServeCommand(program: Command, cli: Cli): void {
  const command = program
    .command("serve")
    .description("serve the GraphQL API, and execute the runs that are queued; `npm start` does this")
    .option("--port <port>", "port to listen on, 0 for any free one (PORT; 4000)")
    .option("--host <address>", "address to listen on (HOST; 127.0.0.1)")
    .option("--no-sample", "no comparison of policies on an empty database")
    .action((options: Options) => serve(cli, options));
  addExamples(command, ["serve", "serve --port 4100", "serve --no-sample"]);
}

async function serve(cli: Cli, { sample, ...flags }: Options): Promise<void> {
  const configuration = configurationOf(cli, flags);
  requireTokenBeyondLoopback(configuration.host, configuration.token);
  await requireFreePort(configuration.host, configuration.port);
  const application = await startApplication(configuration, {
    execute: true,
    signal: cli.signal,
    onProgress: (message) => cli.progress.say(message),
  });
  try {
    const comparisonId = sample ? await showSample(cli, application) : undefined;
    await serveUntilInterrupted(cli, application, configuration, comparisonId);
  } finally {
    cli.progress.clear();
    cli.progress.say("Stopping. Runs that are under way go on at the next start.");
    await application.shutdown();
  }
}

async function showSample(cli: Cli, application: Application): Promise<string | undefined> {
  const shown = await showableComparison(cli, application);
  if (shown === undefined) return undefined;
  if (!shown.isNew) await cli.output.line("The sample comparison, as it was made at the first start:");
  for (const line of comparisonLines(shown.comparison, cli.output)) await cli.output.line(line);
  await cli.output.line();
  return shown.comparison.id;
}

async function serveUntilInterrupted(
  cli: Cli,
  application: Application,
  { host, port, token }: Configuration,
  comparisonId: string | undefined,
): Promise<void> {
  const server = await createHttpServer(application, { host, port, token });
  try {
    const lines = welcomeLines(cli.output, application, server.url, comparisonId);
    for (const line of lines) await cli.output.line(line);
    await untilInterrupted(cli.signal);
  } finally {
    await server.close();
  }
}
