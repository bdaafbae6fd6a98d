import { useEffect, useMemo, useState } from "preact/hooks";
import { askImmutable } from "../api/immutable-answers.ts";
import { Empty, Failure } from "../design/notice.tsx";
import { count } from "../format/numbers.ts";
import { EVENT_COLUMNS, eventCells, type EventRow, type EventTableProps } from "./event-rows.tsx";
import { FilteredRows, type RowSource } from "./filtered-rows.ts";
import { EventRows, EventTotals } from "./log.generated.ts";
import { boundsOf, directionOf, eventFilter, type LogFilter } from "./log-filter.ts";
import { ListNote } from "./list-note.tsx";
import { VirtualRows } from "./virtual-rows.tsx";

/** Rows without content behind those that are counted, while counting goes on. */
const ROWS_TO_COME = 20;

type SomeEventsProps = EventTableProps & {
  /** The last position that the list can have. */
  readonly head: number;
};

/** Events that a filter leaves: a list whose length is counted, and any place of which is shown without what lies before it. */
export function SomeEvents({ run, filter, head, at, onAt, onOpen }: SomeEventsProps) {
  const key = JSON.stringify([run.id, eventFilter(filter), filter.isNewestFirst]);
  // A longer run makes the list longer at its end: it is the same list.
  const rows = useMemo(() => new FilteredRows<EventRow>(sourceOf(run.id, filter, head)), [key, filter.isNewestFirst ? head : 0]);
  useEffect(() => {
    void rows.tally.countOn();
    return () => rows.close();
  }, [rows]);
  useEffect(() => rows.tally.extendTo(boundsOf(filter, head).to), [rows, head]);
  void rows.tally.version.value;
  void rows.blocks.version.value;
  const { tally } = rows;
  const [active, pick] = useActive(rows, at, onAt);
  if (tally.isComplete && tally.count === 0)
    return <Empty title="No event fits this filter">Remove a part of it, or take another moment.</Empty>;
  const error = tally.error.value ?? rows.blocks.error.value;
  const onRetry = (): void => {
    void tally.countOn();
    rows.blocks.askAgain();
  };
  const open = (index: number): void => {
    const position = rows.at(index)?.position;
    pick(index);
    if (position !== undefined) onOpen(Number(position));
  };
  return (
    <>
      <ListNote words={noteOf(rows)}>
        {error === undefined ? null : <Failure error={error} onRetry={onRetry} />}
        {tally.isComplete || tally.isCounting || error !== undefined ? null : (
          <button class="button button-quiet" type="button" onClick={() => void tally.countOn()}>
            Count on
          </button>
        )}
      </ListNote>
      <VirtualRows
        key={key}
        label="Events that fit the filter"
        layout="rows-events"
        columns={EVENT_COLUMNS}
        count={tally.count + (tally.isComplete ? 0 : ROWS_TO_COME)}
        itemAt={(index) => rows.at(index)}
        cells={(event) => eventCells(run, event)}
        active={active}
        onActive={(index) => pick(Math.min(index, tally.count - 1))}
        onOpen={open}
        onRange={(first, end) => rows.want(first, end)}
      />
    </>
  );
}

function noteOf({ tally }: FilteredRows<EventRow>): string {
  if (tally.isComplete) return `${count(tally.count)} events`;
  const { from, to } = tally.rest;
  const where = tally.isDescending ? `from position ${count(to + 1)} on` : `up to position ${count(from - 1)}`;
  return from === 1 && tally.count === 0 ? "Counting" : `At least ${count(tally.count)} events: ${where} all are counted`;
}

/**
 * The selected row, and how another one is selected. Its place is asked for where only its position is known, as when an address is opened; and its
 * position waits for its row where only its place is known, as when a key leads to the end of the list.
 */
function useActive(
  rows: FilteredRows<EventRow>,
  at: number | undefined,
  onAt: (position: number) => void,
): [active: number, pick: (index: number) => void] {
  const [found, setFound] = useState<{ rows: unknown; at: number | undefined; index: number; isWaiting: boolean }>();
  const isKnown = found?.rows === rows && (found.isWaiting || found.at === at);
  const isReached = at !== undefined && rows.tally.markAt(at) !== undefined;
  useEffect(() => {
    if (isKnown || at === undefined || !isReached) return undefined;
    const abort = new AbortController();
    const find = async (): Promise<void> => {
      const index = await rows.indexOf(at, abort.signal);
      if (index !== undefined) setFound({ rows, at, index, isWaiting: false });
    };
    // The list shows by itself what is wrong with the connection.
    find().catch(() => undefined);
    return () => abort.abort();
  }, [rows, at, isReached, isKnown]);
  const waiting = isKnown && found.isWaiting ? rows.at(found.index)?.position : undefined;
  useEffect(() => {
    if (waiting === undefined || found === undefined) return;
    setFound({ ...found, at: Number(waiting), isWaiting: false });
    onAt(Number(waiting));
  }, [waiting]);
  return [isKnown ? found.index : -1, (index) => setFound({ rows, at, index, isWaiting: true })];
}

function sourceOf(run: string, filter: LogFilter, head: number): RowSource<EventRow> {
  const [wanted, direction] = [eventFilter(filter), directionOf(filter)];
  const between = ({ from, to }: { readonly from: number; readonly to: number }) => ({
    ...wanted,
    fromPosition: String(from),
    toPosition: String(to),
  });
  return {
    bounds: boundsOf(filter, head),
    isDescending: filter.isNewestFirst,
    count: async (bounds, signal) => {
      const { run: found } = await askImmutable(EventTotals, { run, direction, filter: between(bounds) }, signal);
      if (found === null) return { count: 0, countedTo: 0, isComplete: true, marks: [] };
      const { count: events, countedTo, isComplete, marks } = found.eventTotal;
      const numbers = marks.map(({ before, position }) => ({ before: Number(before), position: Number(position) }));
      return { count: Number(events), countedTo: Number(countedTo), isComplete, marks: numbers };
    },
    rows: async (bounds, part, signal) => {
      const answer = await askImmutable(EventRows, { run, direction, filter: between(bounds), ...part }, signal);
      return answer.run?.events.nodes ?? [];
    },
  };
}
