import type { Command } from "commander";
import { parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import type { Options } from "../actions/pages.ts";

export function addPagesCommand(program: Command, cli: Cli): void {
  const command = program
    .command("pages")
    .description("step through a reference string under replacement algorithms: the textbook's table, with every fault marked")
    .argument("<references>", "pages in the order of their references, with blanks or commas between them: numbers or any words")
    .option("--frames <frames>", "numbers of frames, with commas between them", "3")
    .option("--policies <policies>", "with commas between them, as of `ballast mrc`", "fifo,lru,opt")
    .option("--seed <n>", "of random replacement; 1 if not given", parseWholeNumber)
    .addOption(jsonOption("one JSON object per line, algorithm and number of frames"))
    .action(async (text: string, options: Options) => (await import("../actions/pages.ts")).pagesAction(cli, text, options));
  addExamples(command, [
    'pages "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1"',
    'pages "1 2 3 4 1 2 5 1 2 3 4 5" --frames 3,4 --policies fifo',
    "pages code,data,code,stack,heap,data --frames 2 --policies clock,sieve",
  ]);
}
