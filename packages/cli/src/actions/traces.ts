import { BallastError } from "@ballast/core/errors";
import { ensureBuiltInTraces } from "@ballast/server/application";
import { getTrace, listTracePages, listTraces } from "@ballast/server/traces";
import type { Pool } from "@ballast/server/database";
import type { Cli } from "../cli.ts";
import { tracePageTable, traceTable } from "../presentation/trace-lines.ts";
import { PAGES_SHOWN } from "../trace-argument.ts";
import { traceShape } from "../presentation/trace-shape.ts";
import { withApplication } from "../with-application.ts";

export type Options = { readonly from?: number; readonly limit?: number; readonly json?: true };

export async function tracesAction(cli: Cli, name: string | undefined, options: Options): Promise<void> {
  await withApplication(cli, { execute: false }, async ({ pool }) => {
    const names = name === undefined ? {} : { names: [name] };
    await ensureBuiltInTraces(pool, { ...names, onProgress: (message) => cli.progress.hint(message), signal: cli.signal });
    if (name === undefined) await showTraces(cli, pool, options);
    else await showPages(cli, pool, name, options);
  });
}

async function showTraces({ output }: Cli, pool: Pool, { json, from, limit }: Options): Promise<void> {
  if (from !== undefined || limit !== undefined) {
    throw new BallastError(
      "INPUT_INVALID",
      "--from and --limit are of a trace's pages: name the trace, as in ballast traces sort --from 100.",
    );
  }
  const traces = await listTraces(pool);
  if (json === true) for (const trace of traces) await output.json(traceShape(trace));
  else for (const line of traceTable(traces, output.width)) await output.line(line);
}

async function showPages(cli: Cli, pool: Pool, name: string, { json, from = 0, limit = PAGES_SHOWN }: Options): Promise<void> {
  const { output } = cli;
  const pages = await listTracePages(pool, name, { from, limit });
  if (json === true) for (const page of pages) await output.json(page);
  else for (const line of tracePageTable(pages, output.width)) await output.line(line);
  const { pageCount } = await getTrace(pool, name);
  if (pages.length === pageCount) return;
  const shown = pages.length === 0 ? `No page from ${from} on` : `Pages ${from} to ${from + pages.length - 1}`;
  cli.progress.say(`${shown} of ${pageCount}, which count from 0: see --from and --limit.`);
}
