import { resolve } from "node:path";
import { type CsvOptions, TRACE_FORMAT_NAMES, type TraceFormat } from "@ballast/core/trace";
import { type Command, Option } from "commander";
import type { Application } from "../../application/index.ts";
import { importTrace, type ImportProgress } from "../../traces/index.ts";
import type { Cli } from "../cli.ts";
import { parseCsvOption } from "../csv-option.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { showCount } from "../output/quantities.ts";
import { traceTable } from "../presentation/trace-lines.ts";
import { traceShape } from "../presentation/trace-shape.ts";
import { withApplication } from "../with-application.ts";

type Options = {
  readonly name?: string;
  readonly says?: string;
  readonly format?: TraceFormat;
  readonly csv?: Partial<CsvOptions>;
  readonly json?: true;
};

export function addImportCommand(program: Command, cli: Cli): void {
  const command = program
    .command("import")
    .description("keep a recorded workload, so that scenarios can name it")
    .argument("<file>", "plain, or compressed with gzip or zstd")
    .option("--name <name>", "how scenarios will call it; by default the file's name up to its first dot")
    .option("--says <sentence>", "what it is a recording of")
    .addOption(new Option("--format <format>", "told by name or content if not given").choices(TRACE_FORMAT_NAMES))
    .option("--csv <name=value>", "columns of a CSV, such as pageColumn=3; may be given several times", parseCsvOption)
    .addOption(jsonOption("the trace as one JSON object"))
    .addOption(quietOption())
    .action((file: string, options: Options) =>
      withApplication(cli, { execute: false }, (application) => importFile(cli, application, file, options)),
    );
  addExamples(command, [
    "import ./ls.lackey.gz",
    'import ./ls.lackey.gz --name ls --says "ls -R of a source tree"',
    "import ./cache.oracleGeneral.zst --format oracle-general --name cdn",
    "import ./blocks.csv --csv pageColumn=3 --csv pageIs=address --csv sizeColumn=4",
  ]);
}

async function importFile(cli: Cli, { pool }: Application, file: string, { json, ...options }: Options): Promise<void> {
  const onProgress = ({ bytes, totalBytes, referenceCount }: ImportProgress): void =>
    cli.progress.update({
      label: `Reading ${file}`,
      fraction: totalBytes === undefined ? undefined : bytes / totalBytes,
      detail: `${showCount(referenceCount)} references so far`,
    });
  const source = resolve(cli.folder, file);
  const { trace, imported } = await importTrace({ pool, source, ...options, onProgress, signal: cli.signal });
  cli.progress.clear();
  if (json === true) await cli.output.json(traceShape(trace));
  else for (const line of traceTable([trace], cli.output.width)) await cli.output.line(line);
  if (!imported) cli.progress.say(`The trace ${trace.name} was there already, with the same content.`);
}
