import type { Command } from "commander";
import type { ExperimentHead, ExperimentReader } from "@ballast/server/experiments";
import { parsePositive } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { experimentList } from "../presentation/experiment-list.ts";
import { experimentShape } from "../presentation/experiment-shape.ts";
import { withStoredRuns } from "../with-application.ts";

/** How many experiments one question to the database asks for. */
const PAGE_EXPERIMENTS = 100;

type Options = { readonly limit: number; readonly json?: true };

export function addExperimentsCommand(program: Command, cli: Cli): void {
  const command = program
    .command("experiments")
    .alias("comparisons")
    .description("list the comparisons, sweeps and capacity searches that are kept, newest first")
    .option("--limit <n>", "maximum number", parsePositive, 50)
    .addOption(jsonOption("one JSON object per line and experiment"))
    .action((options: Options) => withStoredRuns(cli, ({ experiments }) => list(cli, experiments, options)));
  addExamples(command, ["experiments", "experiments --limit 5 --json"]);
}

async function list({ output }: Cli, experiments: ExperimentReader, { limit, json }: Options): Promise<void> {
  const found: ExperimentHead[] = [];
  for await (const head of newest(experiments, limit)) {
    if (json === true) await output.json(experimentShape(await experiments.getExperiment(head.id)));
    else found.push(head);
  }
  if (json === true) return;
  if (found.length === 0) await output.line("No experiment yet. Make one: ballast compare sample --policies ballooning,no-reclaim");
  else for (const line of experimentList(found, output.width)) await output.line(line);
}

async function* newest(experiments: ExperimentReader, limit: number): AsyncGenerator<ExperimentHead> {
  let left = limit;
  let after: string | undefined;
  while (left > 0) {
    const first = Math.min(left, PAGE_EXPERIMENTS);
    const page = await experiments.listExperiments({ first, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    left -= page.items.length;
    if (!page.hasMore || page.endCursor === null) return;
    after = page.endCursor;
  }
}
