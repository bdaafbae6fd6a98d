import type { EventBatch } from "@ballast/core/events";

/** A column of events as commits store it: its name in SQL and the most bytes that one of its values can take. */
export type CommitColumn = {
  readonly name: string;
  readonly field: "types" | "timesNs" | "vms" | "processes" | "a" | "b" | "c" | "d" | "decisions";
  readonly maxBytes: number;
};

/** In the order of the event view; `time_ns` and `d` hold 53 bits and a sign. */
export const COMMIT_COLUMNS: readonly CommitColumn[] = [
  { name: "type", field: "types", maxBytes: 1 },
  { name: "time", field: "timesNs", maxBytes: 7 },
  { name: "vm", field: "vms", maxBytes: 4 },
  { name: "process", field: "processes", maxBytes: 4 },
  { name: "a", field: "a", maxBytes: 4 },
  { name: "b", field: "b", maxBytes: 4 },
  { name: "c", field: "c", maxBytes: 4 },
  { name: "d", field: "d", maxBytes: 7 },
  { name: "decision", field: "decisions", maxBytes: 4 },
];

/** SQL names of the column minimums, then of every byte plane, lowest byte first. */
export const BASE_NAMES: readonly string[] = COMMIT_COLUMNS.map((column) => `${column.name}_base`);
export const PLANE_NAMES: readonly string[] = COMMIT_COLUMNS.flatMap((column) => planeNames(column));
export const PLANE_COUNT = PLANE_NAMES.length;

export function planeNames(column: CommitColumn): string[] {
  return Array.from({ length: column.maxBytes }, (_, byte) => `${column.name}_${byte}`);
}

/** The most events that one commit may hold. */
export const MAX_COMMIT_EVENTS = 65_536;

export type EventColumn = EventBatch[CommitColumn["field"]];
