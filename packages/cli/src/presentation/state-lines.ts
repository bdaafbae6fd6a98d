import { showCount, showDuration } from "@ballast/core/quantities";
import { fittingTable } from "../output/fitting-table.ts";
import type { Column } from "../output/table.ts";
import { wrap } from "../output/wrap.ts";
import { CONTENT_WORDS } from "./content-words.ts";
import { faultsLine } from "./run-lines.ts";
import type { StateShape } from "./state-shape.ts";

type Vm = StateShape["vms"][number];
type NamedPage = StateShape["namedPages"][number];

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
  { title: "faults", align: "right", cell: ({ faults }) => (faults.all === null ? "-" : showCount(faults.all)) },
];

function pageNumber(page: number | null): string {
  return page === null ? "-" : String(page);
}

const PAGE_COLUMNS: readonly Column<NamedPage>[] = [
  { title: "page", cell: ({ name, virtualPage }) => `${virtualPage} (${name})` },
  { title: "VM", align: "right", cell: ({ vm }) => String(vm) },
  { title: "process", align: "right", cell: ({ process }) => String(process) },
  { title: "real page", align: "right", cell: ({ realPage }) => pageNumber(realPage) },
  { title: "frame", align: "right", cell: ({ physicalPage }) => pageNumber(physicalPage) },
  { title: "content", cell: ({ contentPlace }) => CONTENT_WORDS[contentPlace] },
];
/** `--json` gives all of them. */
const MAX_PAGE_LINES = 64;

/**
 * The host and its VMs at a moment; the columns count pages of 4 KiB, the last one faults. Then where the pages are that the
 * scenario gives names.
 */
export function stateLines({ runId, position, timeNs, faults, host, vms, namedPages }: StateShape, width?: number): string[] {
  const facts = [
    `Run ${runId} after event ${showCount(position)}, at ${showDuration(timeNs)} of simulated time`,
    `Host: ${showCount(host.framePages)} frames, ${showCount(host.freePages)} free, ` +
      `${showCount(host.overheadPages)} overhead; swap ${showCount(host.swapUsedPages)} of ${showCount(host.swapPages)} used; ` +
      `memory state ${host.memoryState}`,
    ...sharingLines(host),
    faultsLine(faults),
  ];
  const told = facts.flatMap((fact) => wrap(fact, width ?? Infinity));
  return [...told, "", ...fittingTable(COLUMNS, vms, width), ...namedPageLines(namedPages, width)];
}

function namedPageLines(named: readonly NamedPage[], width?: number): string[] {
  if (named.length === 0) return [];
  const left = named.length - MAX_PAGE_LINES;
  const more = left > 0 ? [`and ${showCount(left)} more pages with names: --json gives all`] : [];
  return ["", ...fittingTable(PAGE_COLUMNS, named.slice(0, MAX_PAGE_LINES), width), ...more];
}

function sharingLines({ sharedFramePages, savedPages }: StateShape["host"]): string[] {
  if (sharedFramePages === 0) return [];
  const shared = showCount(sharedFramePages + savedPages);
  return [`Sharing: ${shared} pages on ${showCount(sharedFramePages)} frames, so that ${showCount(savedPages)} are saved`];
}
