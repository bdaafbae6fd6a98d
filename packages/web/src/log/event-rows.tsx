import { count, timestamp } from "../format/numbers.ts";
import { eventTitle, fieldsLine } from "../run/event-words.ts";
import type { RunHead } from "../run/run-head.ts";
import { VmSwatch } from "../run/vm-swatch.tsx";
import { vmWords } from "../run/vm-words.ts";
import type { EventRowsQuery } from "./log.generated.ts";
import type { LogFilter } from "./log-filter.ts";
import type { Column } from "./virtual-rows.tsx";

export type EventRow = NonNullable<EventRowsQuery["run"]>["events"]["nodes"][number];

/** Of a table of events, whatever is left out of it. */
export type EventTableProps = {
  readonly run: RunHead;
  readonly filter: LogFilter;
  /** The last position that is listed. */
  readonly head: number;
  /** The position that is selected. */
  readonly at: number | undefined;
  readonly onAt: (position: number) => void;
  readonly onOpen: (position: number) => void;
};

export const EVENT_COLUMNS: readonly Column[] = [
  { title: "Position", isNumber: true },
  { title: "Simulated time", isNumber: true },
  { title: "VM" },
  { title: "Process", isNumber: true },
  { title: "Event" },
  { title: "What it carries" },
  { title: "Decision", isNumber: true },
];

/** What stands in the columns. */
export function eventCells(run: RunHead, event: EventRow) {
  const { position, timeNs, vm, process, type, fields, decision } = event;
  const vmCell =
    vm === null || vm === 0 ? (
      <span class="faint">host</span>
    ) : (
      <>
        <VmSwatch vm={vm} /> {vmWords(run, vm)}
      </>
    );
  return [count(position), timestamp(timeNs), vmCell, process ?? "", eventTitle(type), fieldsLine(fields), decision ?? ""];
}
