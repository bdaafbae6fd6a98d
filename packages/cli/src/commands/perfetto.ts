import type { Command } from "commander";
import type { Options } from "../actions/perfetto.ts";
import type { Cli } from "../cli.ts";
import { addExamples, quietOption } from "../command-description.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import { parseTime } from "../simulated-time.ts";

export function addPerfettoCommand(program: Command, cli: Cli): void {
  const command = program
    .command("perfetto")
    .description("write a run over simulated time as a trace that ui.perfetto.dev opens")
    .argument("<run>", RUN_ARGUMENT)
    .option("--from <time>", "only what lasts until this simulated time (2s) or longer", parseTime)
    .option("--to <time>", "only what begins until this simulated time (3.5s)", parseTime)
    .option("--out <file>", "instead of standard output")
    .addOption(quietOption())
    .action(async (run: string, options: Options) => (await import("../actions/perfetto.ts")).perfettoAction(cli, run, options));
  addExamples(command, ["perfetto latest --out trace.json", "perfetto latest --from 1.2s --to 1.5s --out part.json"]);
}
