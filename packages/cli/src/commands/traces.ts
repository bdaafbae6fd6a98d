import type { Command } from "commander";
import { parsePositive, parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { PAGES_SHOWN } from "../trace-argument.ts";
import type { Options } from "../actions/traces.ts";

export function addTracesCommand(program: Command, cli: Cli): void {
  const command = program
    .command("traces")
    .description("list the recorded workloads, or the pages of one with their names in the recording")
    .argument("[trace]", "list this one's pages")
    .option("--from <page>", "the first page; needs a trace", parseWholeNumber)
    .option("--limit <n>", `maximum number of pages, ${PAGES_SHOWN} if not given; needs a trace`, parsePositive)
    .addOption(jsonOption("one JSON object per line and trace, or page"))
    .action(async (name: string | undefined, options: Options) => (await import("../actions/traces.ts")).tracesAction(cli, name, options));
  addExamples(command, ["traces", "traces --json", "traces sort", "traces sort --from 100 --limit 50"]);
}
