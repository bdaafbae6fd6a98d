import { type Command, Option } from "commander";
import type { RunReader } from "@ballast/server/runs";
import { type Run, RUN_STATUSES, type RunStatus } from "@ballast/server/run";
import { newestRuns } from "../all-runs.ts";
import { parsePositive } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { runTable } from "../presentation/run-lines.ts";
import { runShape } from "../presentation/run-shape.ts";
import { withStoredRuns } from "../with-application.ts";

type Options = { readonly limit: number; readonly status?: RunStatus; readonly scenario?: string; readonly json?: true };

export function addRunsCommand(program: Command, cli: Cli): void {
  const command = program
    .command("runs")
    .description("list the runs that are kept, newest first")
    .option("--limit <n>", "maximum number", parsePositive, 50)
    .addOption(new Option("--status <status>", "only runs with it").choices(RUN_STATUSES))
    .option("--scenario <name>", "only runs of that scenario")
    .addOption(jsonOption("one JSON object per line and run"))
    .action((options: Options) => withStoredRuns(cli, ({ runs }) => listRuns(cli, runs, options)));
  addExamples(command, ["runs", "runs --status failed", "runs --scenario sample --json"]);
}

async function listRuns({ output }: Cli, runs: RunReader, { json, ...query }: Options): Promise<void> {
  const found: Run[] = [];
  for await (const run of newestRuns(runs, query)) {
    if (json === true) await output.json(runShape(run));
    else found.push(run);
  }
  if (json === true) return;
  if (found.length === 0) await output.line(noRun(query));
  else for (const line of runTable(found, output.width)) await output.line(line);
}

function noRun({ status, scenario }: Omit<Options, "json">): string {
  if (status === undefined && scenario === undefined) return "No run yet. Make one: ballast run sample --policy ballooning";
  const asked = [status, scenario === undefined ? undefined : `of scenario ${scenario}`].filter((part) => part !== undefined);
  return `No run is kept that is asked for (${asked.join(", ")}). All that are kept: ballast runs`;
}
