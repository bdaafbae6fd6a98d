import { TRACE_FORMAT_NAMES, TRACE_UNIT_NAMES } from "@ballast/core/trace/options";
import { type Command, Option } from "commander";
import type { Cli } from "../cli.ts";
import { parseCsvOption } from "../csv-option.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { listOption } from "../option-rules.ts";
import type { Options } from "../actions/import.ts";

export function addImportCommand(program: Command, cli: Cli): void {
  const command = program
    .command("import")
    .description("keep a recorded workload, so that scenarios can name it")
    .argument("<file>", "plain, or compressed with gzip, zstd, xz or bzip2; - reads standard input and needs --name")
    .option("--name <name>", "how scenarios will call it; by default the file's name up to its first dot")
    .option("--description <sentence>", "what it is a recording of")
    .addOption(new Option("--format <format>", "told by name or content if not given").choices(TRACE_FORMAT_NAMES))
    .addOption(new Option("--unit <unit>", "what the values of a list or CSV are; asked for where it matters").choices(TRACE_UNIT_NAMES))
    .addOption(listOption("--csv <name=value>", "columns of a CSV, such as pageColumn=3", parseCsvOption))
    .addOption(jsonOption("the trace as one JSON object"))
    .addOption(quietOption())
    .action(async (file: string, options: Options) => (await import("../actions/import.ts")).importAction(cli, file, options));
  addExamples(command, [
    "import ./ls.lackey.gz",
    'import ./ls.lackey.gz --name ls --description "ls -R of a source tree"',
    "import - --name ls < ./ls.lackey",
    "import ./cache.oracleGeneral.zst --format oracle-general --name cdn",
    "import ./addresses.txt --unit address",
    "import ./msr.csv --unit address --csv pageColumn=5 --csv sizeColumn=6 --csv kindColumn=4 --csv spaceColumn=3",
    "import ./keys.csv --unit object --csv pageColumn=key",
  ]);
}
