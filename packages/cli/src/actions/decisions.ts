import { readAllDecisions } from "@ballast/server/projections";
import type { Run } from "@ballast/server/runs";
import type { StoredRuns } from "@ballast/server/stored-runs";
import type { Cli } from "../cli.ts";
import { type ExportOptions, exportTargets } from "../exports/export-options.ts";
import { findRun } from "../find-run.ts";
import { decisionLines } from "../presentation/decision-lines.ts";
import { withStoredRuns } from "../with-application.ts";

export type Options = ExportOptions & { readonly vm?: string; readonly limit?: number; readonly json?: true };
type Query = { readonly vm: number | undefined; readonly limit: number | undefined };

export async function decisionsAction(cli: Cli, text: string, options: Options): Promise<void> {
  const targets = exportTargets(options);
  await withStoredRuns(cli, async (stored) => {
    const run = await findRun(stored.runs, text);
    const query = { vm: await vmOf(stored, run, options.vm), limit: options.limit };
    if (targets.length === 0) return await printDecisions(cli, stored, run, query);
    const [{ decisionTable }, { exportTable }] = await Promise.all([
      import("@ballast/server/exports"),
      import("../exports/export-table.ts"),
    ]);
    const source = { pool: stored.pool, run, signal: cli.signal };
    await exportTable(cli, targets, () => decisionTable(source, query));
  });
}

/** 0 stands for no VM. */
async function vmOf({ pool }: StoredRuns, run: Run, text: string | undefined): Promise<number | undefined> {
  if (text === undefined || text === "0") return text === undefined ? undefined : 0;
  const [{ History }, { findVm }] = await Promise.all([import("@ballast/server/history"), import("../find-page.ts")]);
  return findVm(await new History(pool).outlineAt(run.logId, "latest"), text).vm;
}

async function printDecisions({ output, progress, signal }: Cli, { pool }: StoredRuns, run: Run, query: Query): Promise<void> {
  let count = 0;
  for await (const decision of readAllDecisions(pool, run.logId, { ...query, signal })) {
    for (const line of decisionLines(decision, output.width)) await output.line(line);
    count++;
  }
  if (count === 0) progress.say(`Run ${run.id} has no such decision of its policy, ${run.policyName}.`);
}
