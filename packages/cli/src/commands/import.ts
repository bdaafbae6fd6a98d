import { TRACE_FORMAT_NAMES, TRACE_UNIT_NAMES, type TraceReadingOptions } from "@ballast/core/trace";
import { type Command, Option } from "commander";
import type { Application } from "@ballast/server/application";
import { importTrace, type ImportProgress, type TraceSource } from "@ballast/server/traces";
import type { Cli } from "../cli.ts";
import { parseCsvOption } from "../csv-option.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { listOption } from "../option-rules.ts";
import { showCount } from "../output/quantities.ts";
import { readingLines } from "../presentation/reading-lines.ts";
import { traceTable } from "../presentation/trace-lines.ts";
import { traceShape } from "../presentation/trace-shape.ts";
import { sourceOf } from "../trace-argument.ts";
import { withApplication } from "../with-application.ts";

type Options = TraceReadingOptions & {
  readonly name?: string;
  readonly description?: string;
  readonly json?: true;
};

export function addImportCommand(program: Command, cli: Cli): void {
  const command = program
    .command("import")
    .description("keep a recorded workload, so that scenarios can name it")
    .argument("<file>", "plain, or compressed with gzip, zstd, xz or bzip2; - reads standard input and needs --name")
    .option("--name <name>", "how scenarios will call it; by default the file's name up to its first dot")
    .option("--description <sentence>", "what it is a recording of")
    .addOption(new Option("--format <format>", "told by name or content if not given").choices(TRACE_FORMAT_NAMES))
    .addOption(
      new Option("--unit <unit>", "what the values of a list or CSV are; asked for where it matters").choices(TRACE_UNIT_NAMES),
    )
    .addOption(listOption("--csv <name=value>", "columns of a CSV, such as pageColumn=3", parseCsvOption))
    .addOption(jsonOption("the trace as one JSON object"))
    .addOption(quietOption())
    .action(async (file: string, options: Options) => {
      const source = sourceOf(file, options.name, cli.folder);
      await withApplication(cli, { execute: false }, (application) => importTraceFrom(cli, application, source, options));
    });
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

async function importTraceFrom(
  cli: Cli,
  { pool, configuration }: Application,
  source: TraceSource,
  { json, ...options }: Options,
): Promise<void> {
  const file = typeof source === "string" ? source : source.file;
  const onProgress = ({ bytes, totalBytes, referenceCount }: ImportProgress): void =>
    cli.progress.update({
      label: `Reading ${file}`,
      fraction: totalBytes === undefined ? undefined : bytes / totalBytes,
      detail: `${showCount(referenceCount)} references so far`,
    });
  const { trace, imported, reading, report } = await importTrace({
    pool,
    source,
    maxExpandedBytes: configuration.traceBytes,
    ...options,
    onProgress,
    signal: cli.signal,
  });
  cli.progress.clear();
  if (json === true) await cli.output.json({ ...traceShape(trace), reading: { ...reading, ...report } });
  else {
    for (const line of traceTable([trace], cli.output.width)) await cli.output.line(line);
    await cli.output.line("");
    for (const line of readingLines({ reading, report })) await cli.output.line(line);
  }
  if (!imported) cli.progress.say(`The trace ${trace.name} was there already, with the same content.`);
}
