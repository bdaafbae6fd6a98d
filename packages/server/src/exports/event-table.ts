import { type EventView, viewEvent } from "@ballast/core/events";
import type { Pool } from "pg";
import type { EventFilter } from "../event-store/index.ts";
import { type EventSlices, RunTexts, selectPageEvents } from "../history/index.ts";
import { nameFields, PageNames } from "../runs/page-names.ts";
import type { Run } from "../runs/index.ts";
import { eventColumns, nameColumnOf } from "./event-columns.ts";
import { runFacts } from "./run-facts.ts";
import { type Cell, type ExportTable, type Row, ROWS_PER_STEP } from "./table.ts";

export type RunSource = { readonly pool: Pool; readonly run: Run; readonly signal: AbortSignal };

/** The events of a run up to its head, one per row, as `ballast events` lists them. */
export function eventTable({ pool, run, signal }: RunSource, filter: EventFilter & EventSlices): ExportTable {
  const columns = eventColumns(filter.types);
  const places = new Map(columns.map(({ name }, place) => [name, place]));
  const bounded = { ...filter, to: Math.min(filter.to ?? run.headPosition, run.headPosition) };
  return {
    columns,
    metadata: runFacts(run, "events"),
    rows: rowsOf(eventViews({ pool, run, signal }, bounded), (event) => rowOf(event, places)),
  };
}

async function* rowsOf(
  blocks: AsyncIterable<readonly EventView[]>,
  toRow: (event: EventView) => Row,
): AsyncGenerator<readonly Row[], void, void> {
  for await (const block of blocks) yield block.map(toRow);
}

/** The events of a run that match, in order, with the names of their pages: some at a time, as many as are written in one step. */
export async function* eventViews(
  { pool, run: { logId }, signal }: RunSource,
  filter: EventFilter & EventSlices,
): AsyncGenerator<readonly EventView[], void, void> {
  const [runTexts, pageNames] = [new RunTexts(pool), new PageNames(pool)];
  for await (const { batch, indexes } of selectPageEvents(pool, logId, filter)) {
    const texts = await runTexts.first(logId, batch.firstTextId + batch.texts.length - 1);
    const nameOf = await pageNames.upTo(logId, batch.lastPosition);
    for (let from = 0; from < indexes.length; from += ROWS_PER_STEP) {
      signal.throwIfAborted();
      const block = Array.from(indexes.subarray(from, from + ROWS_PER_STEP));
      yield block.map((index) =>
        nameFields(
          viewEvent(batch, index, (id) => texts[id - 1] ?? ""),
          nameOf,
        ),
      );
    }
  }
}

/** A decision's own events have its number as a field, too, and those of the first catalogue only there. */
function rowOf(event: EventView, places: ReadonlyMap<string, number>): Row {
  const row = new Array<Cell>(places.size).fill(null);
  const set = (name: string, cell: Cell): void => {
    row[places.get(name)!] = cell;
  };
  set("position", event.position);
  set("timeNs", event.timeNs);
  set("type", event.type.name);
  set("family", event.type.family);
  set("vm", orNull(event.vm));
  set("process", orNull(event.process));
  set("decision", orNull(event.decision));
  for (const { field, quantity, shown, virtualPageName } of event.fields) {
    set(field.name, field.kind === "text" || field.kind === "choice" ? shown : quantity);
    if (virtualPageName !== undefined) set(nameColumnOf(field), virtualPageName);
  }
  return row;
}

/** Numbers of VMs, processes and decisions are from 1. */
function orNull(number: number): number | null {
  return number === 0 ? null : number;
}
