import { TRACE_FORMAT_NAMES, TRACE_UNIT_NAMES } from "@ballast/core/trace/options";
import { type Command, InvalidArgumentError, Option } from "commander";
import { parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import type { Options } from "../actions/mrc.ts";

export function addMrcCommand(program: Command, cli: Cli): void {
  const command = program
    .command("mrc")
    .description("count the misses of a recorded workload under replacement algorithms, for several sizes of memory: its miss ratio curves")
    .argument("<trace>", "name of a trace (see `ballast traces`), or a file in any format that `ballast import` reads, which is not kept")
    .option("--policies <policies>", "with commas between them: name or name:parameter=value; see docs/mrc.md", "lru,clock,opt")
    .option("--sizes <sizes>", "frames and percentages of the trace's pages, such as 16,64,10%; or all", "all")
    .option("--shards <rate>", "estimate LRU from this fraction of the pages, too (SHARDS)", parseRate)
    .option("--seed <n>", "of random replacement and of sampled pages; 1 if not given", parseWholeNumber)
    .option("--csv", "lines of policy,frames,misses,missRatio")
    .option("--chart <file>", "draw the curves into a file that ends in .svg or .html")
    .addOption(new Option("--format <format>", "of a file; told by name or content if not given").choices(TRACE_FORMAT_NAMES))
    .addOption(new Option("--unit <unit>", "what the values of a file are, where that matters").choices(TRACE_UNIT_NAMES))
    .addOption(jsonOption("one JSON object"))
    .addOption(quietOption())
    .action(async (trace: string, options: Options) => (await import("../actions/mrc.ts")).mrcAction(cli, trace, options));
  addExamples(command, [
    "mrc gzip",
    "mrc perl --policies lru,fifo,clock,clock:referenceBitOnLoad=clear,sieve,arc,s3-fifo,opt --sizes 16,64,256",
    "mrc sort --policies lru,opt --sizes 5%,10%,20%,50% --csv",
    "mrc perl --policies lru --shards 0.1 --chart ./perl.html",
    "mrc ./ls.lackey.gz --json",
  ]);
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (text.trim() !== "" && rate > 0 && rate <= 1) return rate;
  throw new InvalidArgumentError("It must be a fraction of the pages above 0, up to 1, such as 0.01.");
}
