import { useEffect, useMemo } from "preact/hooks";
import { askImmutable } from "../api/immutable-answers.ts";
import { Failure } from "../design/notice.tsx";
import { count } from "../format/numbers.ts";
import { EVENT_COLUMNS, eventCells, type EventRow, type EventTableProps } from "./event-rows.tsx";
import { EventBlocks } from "./event-blocks.ts";
import { EventRows } from "./log.generated.ts";
import { boundsOf } from "./log-filter.ts";
import { ListNote } from "./list-note.tsx";
import { VirtualRows } from "./virtual-rows.tsx";

/** Events whose positions follow each other: any place of the table is shown without what lies before it. */
export function AllEvents({ run, filter, head, at, onAt, onOpen }: EventTableProps) {
  const { from: first, to: last } = boundsOf(filter, head);
  const blocks = useMemo(
    () => new EventBlocks<EventRow>(async (from, to, signal) => await eventsBetween(run.id, from, to, signal)),
    [run.id],
  );
  useEffect(() => () => blocks.close(), [blocks]);
  // Drawn again whenever rows have come.
  void blocks.version.value;
  const error = blocks.error.value;
  const rows = Math.max(0, last - first + 1);
  const positionOf = (index: number): number => (filter.isNewestFirst ? last - index : first + index);
  const indexOf = (position: number): number => (filter.isNewestFirst ? last - position : position - first);
  const want = (from: number, end: number): void => {
    const ends = [positionOf(from), positionOf(Math.max(from, end - 1))];
    blocks.want(Math.max(1, Math.min(...ends)), Math.max(...ends), head);
  };
  return (
    <>
      <ListNote words={`${count(rows)} events`}>
        {error === undefined ? null : <Failure error={error} onRetry={() => blocks.askAgain()} />}
      </ListNote>
      <VirtualRows
        key={`${first} ${filter.isNewestFirst}`}
        label="Events"
        layout="rows-events"
        columns={EVENT_COLUMNS}
        count={rows}
        itemAt={(index) => blocks.at(positionOf(index))}
        cells={(event) => eventCells(run, event)}
        active={at === undefined ? -1 : Math.max(0, Math.min(rows - 1, indexOf(at)))}
        onActive={(index) => onAt(positionOf(index))}
        onOpen={(index) => onOpen(positionOf(index))}
        onRange={want}
      />
    </>
  );
}

async function eventsBetween(run: string, from: number, to: number, signal: AbortSignal): Promise<readonly EventRow[]> {
  const filter = { fromPosition: String(from), toPosition: String(to) };
  const answer = await askImmutable(EventRows, { run, filter, first: to - from + 1, skip: 0, direction: "ASCENDING" }, signal);
  return answer.run?.events.nodes ?? [];
}
