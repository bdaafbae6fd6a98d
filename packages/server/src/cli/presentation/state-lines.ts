import { showCount, showDuration } from "../output/quantities.ts";
import { fittingTable } from "../output/fitting-table.ts";
import type { Column } from "../output/table.ts";
import { wrap } from "../output/wrap.ts";
import { faultsLine } from "./run-lines.ts";
import type { StateShape } from "./state-shape.ts";

type Vm = StateShape["vms"][number];

function pages(title: string, cell: (vm: Vm) => number): Column<Vm> {
  return { title, align: "right", cell: (vm) => showCount(cell(vm)) };
}

const COLUMNS: readonly Column<Vm>[] = [
  { title: "VM", align: "right", cell: ({ vm }) => String(vm) },
  { title: "name", cell: ({ name }) => name },
  { title: "life", cell: ({ life }) => life },
  pages("configured", (vm) => vm.configuredPages),
  pages("resident", (vm) => vm.residentPages),
  pages("swapped", (vm) => vm.swappedPages),
  pages("mapped", (vm) => vm.mappedPages),
  pages("balloon", (vm) => vm.balloonSizePages),
  pages("target", (vm) => vm.balloonTargetPages),
  { title: "faults", align: "right", cell: ({ faults }) => faults.all === null ? "-" : showCount(faults.all) },
];

/** The host and its VMs at a moment; the columns count pages of 4 KiB, the last one faults. */
export function stateLines({ runId, position, timeNs, faults, host, vms }: StateShape, width?: number): string[] {
  const facts = [
    `Run ${runId} after event ${showCount(position)}, at ${showDuration(timeNs)} of simulated time`,
    `Host: ${showCount(host.framePages)} frames, ${showCount(host.freePages)} free, ` +
      `${showCount(host.overheadPages)} overhead; swap ${showCount(host.swapUsedPages)} of ${showCount(host.swapPages)} used; ` +
      `memory state ${host.memoryState}`,
    ...sharingLines(host),
    faultsLine(faults),
  ];
  return [...facts.flatMap((fact) => wrap(fact, width ?? Infinity)), "", ...fittingTable(COLUMNS, vms, width)];
}

function sharingLines({ sharedFramePages, savedPages }: StateShape["host"]): string[] {
  if (sharedFramePages === 0) return [];
  const shared = showCount(sharedFramePages + savedPages);
  return [`Sharing: ${shared} pages on ${showCount(sharedFramePages)} frames, so that ${showCount(savedPages)} are saved`];
}
