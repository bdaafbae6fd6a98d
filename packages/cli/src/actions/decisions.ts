import { readAllDecisions } from "@ballast/server/projections";
import type { StoredRuns } from "@ballast/server/stored-runs";
import type { Cli } from "../cli.ts";
import { type ExportOptions, exportTargets } from "../exports/export-options.ts";
import { findRun } from "../find-run.ts";
import { decisionLine } from "../presentation/decision-line.ts";
import { withStoredRuns } from "../with-application.ts";

export type Options = ExportOptions & { readonly vm?: number; readonly json?: true };

export async function decisionsAction(cli: Cli, run: string, options: Options): Promise<void> {
  const targets = exportTargets(options);
  await withStoredRuns(cli, async (stored) => {
    if (targets.length === 0) return await printDecisions(cli, stored, run, options);
    const [{ decisionTable }, { exportTable }] = await Promise.all([
      import("@ballast/server/exports"),
      import("../exports/export-table.ts"),
    ]);
    const source = { pool: stored.pool, run: await findRun(stored.runs, run), signal: cli.signal };
    await exportTable(cli, targets, () => decisionTable(source, options));
  });
}

async function printDecisions({ output, progress, signal }: Cli, { pool, runs }: StoredRuns, text: string, { vm }: Options): Promise<void> {
  const run = await findRun(runs, text);
  let count = 0;
  for await (const decision of readAllDecisions(pool, run.logId, { vm, signal })) {
    await output.line(decisionLine(decision));
    count++;
  }
  if (count === 0) progress.say(`Run ${run.id} has no such decision of its policy, ${run.policyName}.`);
}
