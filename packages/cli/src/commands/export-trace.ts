import { type Command, Option } from "commander";
import type { Cli } from "../cli.ts";
import { addExamples, quietOption } from "../command-description.ts";
import type { Options } from "../actions/export-trace.ts";

/** The names of `EXPORT_FORMATS`, which are not loaded before they are used; a test compares them. */
export const FORMATS = ["pages", "csv", "oracleGeneral"] as const;

export function addExportTraceCommand(program: Command, cli: Cli): void {
  const command = program
    .command("export-trace")
    .description("write a trace that is kept to a file or standard output, for other programs")
    .argument("<trace>", "name of a trace (see `ballast traces`)")
    .addOption(new Option("--format <format>", "of what is written").choices(FORMATS).makeOptionMandatory())
    .option("--out <file>", "instead of standard output")
    .addOption(quietOption())
    .action(async (trace: string, options: Options) => (await import("../actions/export-trace.ts")).exportTraceAction(cli, trace, options));
  addExamples(command, [
    "export-trace gzip --format oracleGeneral --out ./gzip.oracleGeneral",
    "export-trace gzip --format csv --out ./gzip.csv",
    "export-trace gzip --format pages | head",
  ]);
}
