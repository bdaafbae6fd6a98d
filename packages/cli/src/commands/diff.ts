import type { Command } from "commander";
import type { At } from "@ballast/server/history";
import type { Options } from "../actions/diff.ts";
import { parsePositive } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import { MOMENT, parseMoment } from "../simulated-time.ts";

export function addDiffCommand(program: Command, cli: Cli): void {
  const command = program
    .command("diff")
    .description("list what differs between two moments of a run: metrics, real pages, virtual pages and frames")
    .argument("<run>", RUN_ARGUMENT)
    .argument("<from>", MOMENT, parseMoment)
    .argument("<to>", MOMENT, parseMoment)
    .option("--limit <n>", "maximum number of pages and frames to list; all are counted", parsePositive, 100)
    .addOption(jsonOption("one JSON object"))
    .action(async (run: string, from: At, to: At, options: Options) => {
      await (await import("../actions/diff.ts")).diffAction(cli, run, { from, to, ...options });
    });
  addExamples(command, ["diff latest 1000 1200", "diff latest 400ms 1.4s --limit 10", "diff latest 0 latest --json"]);
}
