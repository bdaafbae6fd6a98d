import type { Application } from "@ballast/server/application";
import { importTrace, type ImportProgress, type TraceSource } from "@ballast/server/traces";
import type { Cli } from "../cli.ts";
import { showCount } from "@ballast/core/quantities";
import { readingLines } from "../presentation/reading-lines.ts";
import { traceTable } from "../presentation/trace-lines.ts";
import { traceShape } from "../presentation/trace-shape.ts";
import { sourceOf } from "../trace-argument.ts";
import { withApplication } from "../with-application.ts";
import type { TraceReadingOptions } from "@ballast/core/trace/options";

export type Options = TraceReadingOptions & {
  readonly name?: string;
  readonly description?: string;
  readonly json?: true;
};

export async function importAction(cli: Cli, file: string, options: Options): Promise<void> {
  const source = sourceOf(file, options.name, cli.folder);
  await withApplication(cli, { execute: false }, (application) => importTraceFrom(cli, application, source, options));
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
