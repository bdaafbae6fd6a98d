import { useEffect, useMemo } from "preact/hooks";
import { ask } from "../api/ask.ts";
import { askImmutable } from "../api/immutable-answers.ts";
import { usePages } from "../api/use-pages.ts";
import { Empty, Failure } from "../design/notice.tsx";
import { count, timestamp } from "../format/numbers.ts";
import { eventTitle, fieldsLine } from "../run/event-words.ts";
import type { RunHead } from "../run/run-head.ts";
import { VmSwatch } from "../run/vm-swatch.tsx";
import { vmWords } from "../run/vm-words.ts";
import { EventBlocks } from "./event-blocks.ts";
import { EventRows, type EventRowsQuery } from "./log.generated.ts";
import { eventFilter, type LogFilter, rowsVariables } from "./log-filter.ts";
import { ListNote } from "./list-note.tsx";
import { type Column, rowCount, VirtualRows } from "./virtual-rows.tsx";

type EventRow = NonNullable<EventRowsQuery["run"]>["events"]["nodes"][number];

const COLUMNS: readonly Column[] = [
  { title: "Position", isNumber: true },
  { title: "Simulated time", isNumber: true },
  { title: "VM" },
  { title: "Process", isNumber: true },
  { title: "Event" },
  { title: "What it carries" },
  { title: "Decision", isNumber: true },
];

export type EventTableProps = {
  readonly run: RunHead;
  readonly filter: LogFilter;
  /** The position that is selected. */
  readonly at: number | undefined;
  readonly onAt: (position: number) => void;
  readonly onOpen: (position: number) => void;
};

/** Events whose positions follow each other: any place of the table is shown without what lies before it. */
export function AllEvents({ run, filter, at, onAt, onOpen }: EventTableProps) {
  const head = Number(run.headPosition);
  const first = Math.max(1, filter.from ?? 1);
  const last = Math.min(head, filter.to ?? head);
  const blocks = useMemo(
    () => new EventBlocks<EventRow>(async (from, to, signal) => await eventsBetween(run.id, from, to, signal)),
    [run.id],
  );
  useEffect(() => () => blocks.close(), [blocks]);
  // Drawn again whenever rows have come.
  void blocks.version.value;
  const error = blocks.error.value;
  const rows = Math.max(0, last - first + 1);
  return (
    <>
      <ListNote words={`${count(rows)} events`}>
        {error === undefined ? null : <Failure error={error} onRetry={() => blocks.askAgain()} />}
      </ListNote>
      <VirtualRows
        key={first}
        label="Events"
        layout="rows-events"
        columns={COLUMNS}
        count={rows}
        itemAt={(index) => blocks.at(first + index)}
        cells={(event) => cellsOf(run, event)}
        active={at === undefined ? -1 : Math.max(0, Math.min(rows - 1, at - first))}
        onActive={(index) => onAt(first + index)}
        onOpen={(index) => onOpen(first + index)}
        onRange={(from, end) => blocks.want(first + from, Math.max(first + from, first + end - 1), head)}
      />
    </>
  );
}

async function eventsBetween(run: string, from: number, to: number, signal: AbortSignal): Promise<readonly EventRow[]> {
  const filter = { fromPosition: String(from), toPosition: String(to) };
  const answer = await askImmutable(EventRows, rowsVariables(run, filter, null, to - from + 1), signal);
  return answer.run?.events.nodes ?? [];
}

/** Rows of one question of a list. */
const ROWS = 200;
/** Rows before the end of what is loaded at which more is asked for. */
const AHEAD = 60;

/** Events that a filter leaves: a list by cursor, which grows at its end. */
export function SomeEvents({ run, filter, at, onAt, onOpen }: EventTableProps) {
  const wanted = eventFilter(filter);
  const key = JSON.stringify([run.id, wanted]);
  const events = usePages<EventRow>(key, async (after, signal) => {
    const answer = await ask(EventRows, rowsVariables(run.id, wanted, after, ROWS), signal);
    return answer.run?.events ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  });
  const { items, hasMore, isLoading, error, loadMore } = events;
  if (hasMore === false && items.length === 0)
    return <Empty title="No event fits this filter">Remove a part of it, or take another moment.</Empty>;
  const active = at === undefined ? -1 : items.findLastIndex(({ position }) => Number(position) <= at);
  return (
    <>
      <ListNote words={hasMore === undefined ? "Searching" : rowCount(items.length, hasMore, "events")}>
        {error === undefined ? null : <Failure error={error} onRetry={loadMore} />}
      </ListNote>
      <VirtualRows
        key={key}
        label="Events that fit the filter"
        layout="rows-events"
        columns={COLUMNS}
        count={items.length + (isLoading ? 3 : 0)}
        itemAt={(index) => items[index]}
        cells={(event) => cellsOf(run, event)}
        active={active}
        onActive={(index) => onAt(Number(items[Math.min(index, items.length - 1)]?.position))}
        onOpen={(index) => onOpen(Number(items[Math.min(index, items.length - 1)]?.position))}
        onRange={(_, end) => (end + AHEAD >= items.length && hasMore === true ? loadMore() : undefined)}
      />
    </>
  );
}

function cellsOf(run: RunHead, event: EventRow) {
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
