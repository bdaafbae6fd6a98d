import type { Command } from "commander";
import type { RunReader } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { statusLines } from "../presentation/status-lines.ts";
import { withStoredRuns } from "../with-application.ts";

export function addStatusCommand(program: Command, cli: Cli): void {
  const command = program
    .command("status")
    .description("show how many runs wait and are executed, and the processes that execute them")
    .addOption(jsonOption("one JSON object"))
    .action((options: { readonly json?: true }) => withStoredRuns(cli, ({ runs }) => showStatus(cli, runs, options.json === true)));
  addExamples(command, ["status", "status --json"]);
}

async function showStatus({ output }: Cli, runs: RunReader, asJson: boolean): Promise<void> {
  const status = await runs.getQueue();
  if (asJson) await output.json(status);
  else for (const line of statusLines(status, output.width)) await output.line(line);
}
