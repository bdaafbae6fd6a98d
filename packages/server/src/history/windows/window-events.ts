import { type EventBatch, EventCode, type FieldColumn } from "@ballast/core/events";
import { applyBatch, changesTables, type MachineTables } from "@ballast/core/memory";
import type { KnownEvents } from "@ballast/core/events";
import type { EventSelector } from "../../event-store/index.ts";
import { type PageMatcher, physicalPages, type Place, realPages, virtualPages } from "../page-events.ts";
import type { TableId, TableWindow } from "./table-window.ts";

/** Events that make tables or change all of one: each is applied to every window. */
const WHOLE_TABLES: ReadonlySet<number> = new Set([
  EventCode.HostStarted,
  EventCode.VmAdmitted,
  EventCode.VmRefused,
  EventCode.VmStarted,
  EventCode.ProcessStarted,
  EventCode.FileOpened,
  EventCode.ImageAttached,
]);

/** Whether events of a type make a table, or can change all of one. */
export function changesWholeTables(type: number): boolean {
  return WHOLE_TABLES.has(type);
}

const MATCHERS: Readonly<Record<TableId["kind"], PageMatcher>> = { frames: physicalPages, realPages, virtualPages };

/** The most columns in which events name pages, and those that say whose. */
const FIELDS = ["types", "vms", "processes", "a", "b", "c", "d"] as const;

/** Reused from commit to commit. */
let found = new Uint32Array(0);

/** Finds the events that can change an entry of a window. */
export function selectorOf(window: TableWindow): EventSelector {
  const places = Array.from({ length: 256 }, (_, code) => (changesTables(code) ? MATCHERS[window.table.kind].placesOf(code) : undefined));
  const columns = new Set<FieldColumn>(
    places.flatMap((each) => each?.flatMap(({ first, end }) => (end === undefined ? [first] : [first, end])) ?? []),
  );
  const owners = window.table.kind === "virtualPages" ? ["vms", "processes"] : window.table.kind === "realPages" ? ["vms"] : [];
  const wanted = new Set<string>(["types", ...owners, ...columns]);
  return {
    fields: FIELDS.filter((field) => wanted.has(field)),
    select: (batch, from, end) => {
      if (found.length < end) found = new Uint32Array(end);
      let count = 0;
      for (let i = from; i < end; i++) {
        const ofType = places[batch.types[i]!];
        const isWanted =
          ofType === undefined ? WHOLE_TABLES.has(batch.types[i]!) : isOwn(batch, i, window.table) && isNamed(batch, i, ofType, window);
        if (isWanted) found[count++] = i;
      }
      return found.slice(0, count);
    },
  };
}

function isOwn({ vms, processes }: EventBatch, index: number, table: TableId): boolean {
  if (table.kind === "frames") return true;
  if (vms[index] !== table.vm) return false;
  return table.kind === "realPages" || processes[index] === table.process;
}

function isNamed(batch: EventBatch, index: number, places: readonly Place[], window: TableWindow): boolean {
  for (const { first, end, span } of places) {
    const page = batch[first][index]!;
    if (page < window.end && (end === undefined ? page + span : batch[end][index]!) > window.first) return true;
  }
  return false;
}

/** Applies events that `selectorOf` found to a machine with the window's entries. The batch is the caller's own: its pages are renumbered. */
export function applyToWindow(machine: MachineTables, batch: KnownEvents, window: TableWindow): void {
  const matcher = MATCHERS[window.table.kind];
  for (let i = 0; i < batch.length; i++) {
    for (const place of matcher.placesOf(batch.types[i]!) ?? []) renumber(batch, i, place, window);
  }
  applyBatch(machine, batch);
}

/** A page outside of the window gets a number that no entry has; of a range what lies in the window is left. */
function renumber(batch: EventBatch, index: number, { first, end }: Place, window: TableWindow): void {
  const page = batch[first][index]!;
  if (end === undefined) batch[first][index] = page - window.first;
  else {
    const within = (entry: number): number => Math.min(Math.max(entry, window.first), window.end) - window.first;
    batch[first][index] = within(page);
    batch[end][index] = within(batch[end][index]!);
  }
}
