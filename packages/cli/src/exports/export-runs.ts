import { runTable, vmTable } from "@ballast/server/exports";
import type { Run, RunReader } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import type { ExportTarget } from "./export-options.ts";
import { exportTable } from "./export-table.ts";

type Request = {
  readonly targets: readonly ExportTarget[];
  /** Their VMs instead. */
  readonly vms: boolean;
  /** The runs, read again for each target. */
  readonly read: () => AsyncIterable<Run>;
};

export async function exportRuns(cli: Cli, runs: RunReader, { targets, vms, read }: Request): Promise<void> {
  await exportTable(cli, targets, () => (vms ? vmTable : runTable)(runs, read()));
}
