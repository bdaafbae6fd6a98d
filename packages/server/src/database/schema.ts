import type { ColumnType, Generated } from "kysely";

/** Tables that people query through kysely. `commits` is not among them: only event-store reads and writes it. */
export interface DatabaseSchema {
  runs: RunsTable;
  run_segments: RunSegmentsTable;
  event_types: EventTypesTable;
}

export interface RunsTable {
  id: Generated<number>;
  root_run_id: number;
  parent_run_id: number | null;
  fork_position: number | null;
  status: string;
  catalogue_version: number;
  head_position: Generated<number>;
  head_time_ns: Generated<number>;
  head_digest: string;
  text_count: Generated<number>;
  lease_owner: string | null;
  lease_epoch: Generated<number>;
  lease_until: ColumnType<Date | null, Date | null | undefined, Date | null>;
  created_at: Generated<Date>;
}

export interface RunSegmentsTable {
  root_run_id: number;
  run_id: number;
  source_run_id: number;
  first_position: number;
  last_position: number;
  last_text_id: number;
}

export interface EventTypesTable {
  type: number;
  name: string;
  family: string;
  says: string;
  subject: string;
  a: string | null;
  b: string | null;
  c: string | null;
  d: string | null;
}
