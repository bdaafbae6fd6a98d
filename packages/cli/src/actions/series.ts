import { seriesTable } from "@ballast/server/exports";
import type { Cli } from "../cli.ts";
import { type ExportOptions, exportTargets } from "../exports/export-options.ts";
import { exportTable } from "../exports/export-table.ts";
import { findRun } from "../find-run.ts";
import { withStoredRuns } from "../with-application.ts";

export type Options = ExportOptions & { readonly vm?: number; readonly json?: true };

export async function seriesAction(cli: Cli, run: string, { vm, ...form }: Options): Promise<void> {
  const asked = exportTargets(form);
  const targets = asked.length === 0 ? exportTargets({ csv: true }) : asked;
  await withStoredRuns(cli, async ({ pool, runs }) => {
    const source = { pool, run: await findRun(runs, run), signal: cli.signal };
    await exportTable(cli, targets, () => seriesTable(source, { vm }));
  });
}
