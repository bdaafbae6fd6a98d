import type { QueueStatus, SeenWorker } from "@ballast/server/runs";
import { fittingTable } from "../output/fitting-table.ts";
import { showCount } from "@ballast/core/quantities";
import type { Column } from "../output/table.ts";

const COLUMNS: readonly Column<SeenWorker>[] = [
  { title: "kind", cell: ({ kind }) => kind },
  { title: "host", cell: ({ host }) => host },
  { title: "process", align: "right", cell: ({ pid }) => String(pid) },
  { title: "version", cell: ({ version }) => version },
  { title: "since (UTC)", cell: ({ since }) => since.toISOString().slice(0, 19).replace("T", " ") },
  { title: "at a time", align: "right", cell: ({ concurrency }) => showCount(concurrency) },
  { title: "runs", cell: ({ runs }) => (runs.length === 0 ? "-" : runs.map((id) => id.slice(0, 8)).join(" ")) },
];

export function statusLines({ queued, running, failed, throughput, workers }: QueueStatus, width?: number): string[] {
  const failures = failed === 0 ? "" : `, ${showCount(failed)} failed and can be tried again (\`ballast retry <run>\`)`;
  return [
    `${showCount(queued)} runs queued, ${showCount(running)} running${failures}`,
    `${showCount(throughput.lastMinute)} runs ended in the last minute, ${showCount(throughput.lastHour)} in the last hour`,
    ...(workers.length === 0
      ? ["No process executes runs. Start one: `ballast serve`, or `ballast worker`"]
      : ["", ...fittingTable(COLUMNS, workers, width)]),
  ];
}
