import { resolve } from "node:path";
import { BallastError } from "@ballast/core/errors";
import { traceBytes } from "@ballast/server/exports";
import type { Cli } from "../cli.ts";
import { findRun } from "../find-run.ts";
import { writeWholeFile } from "../output/whole-file.ts";
import { withStoredRuns } from "../with-application.ts";

export type Options = { readonly from?: number; readonly to?: number; readonly out?: string };

export async function perfettoAction(cli: Cli, text: string, { from, to, out }: Options): Promise<void> {
  if (from !== undefined && to !== undefined && from > to) throw new BallastError("INPUT_INVALID", "--from lies after --to.");
  await withStoredRuns(cli, async ({ pool, runs }) => {
    const source = { pool, run: await findRun(runs, text), signal: cli.signal };
    const pieces = traceBytes(source, { fromTimeNs: from, toTimeNs: to });
    if (out === undefined) return await cli.output.bytes(pieces);
    await writeWholeFile(resolve(cli.folder, out), pieces, cli.signal);
    cli.progress.say(`${out} is a trace of run ${source.run.id}: open it at ui.perfetto.dev, which reads it in the browser.`);
  });
}
