import type { Command } from "commander";
import { parsePositive } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, quietOption } from "../command-description.ts";
import type { WorkerOptions } from "../actions/worker.ts";

export function addWorkerCommand(program: Command, cli: Cli): void {
  const command = program
    .command("worker")
    .description("execute queued runs of the database that DATABASE_URL names, on this or any machine, and serve nothing")
    .option("--concurrency <n>", "runs at the same time; by default as many as the machine has cores", parsePositive)
    .addOption(quietOption())
    .action(async (options: WorkerOptions) => (await import("../actions/worker.ts")).workerAction(cli, options));
  addExamples(command, ["worker", "worker --concurrency 4"]);
}
