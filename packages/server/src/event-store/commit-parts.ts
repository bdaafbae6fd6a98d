import { StoredPart } from "../database/checksums/index.ts";
import { BASE_NAMES, PLANE_NAMES } from "./commit-columns.ts";

/** The events of a commit: the smallest value of each column, and the byte planes. */
export const COMMIT_PLANES = new StoredPart(
  "commits",
  {
    ...Object.fromEntries(BASE_NAMES.map((name) => [name, "int8"] as const)),
    ...Object.fromEntries(PLANE_NAMES.map((name) => [name, "bytea"] as const)),
  },
  "planes_checksum",
);

/**
 * Everything else of a commit, which is read without its events to find commits by type, VM, time or text. It covers the
 * checksum of the planes, so that planes of another commit do not pass. That column comes first: behind it, COPY gives both parts in one row.
 */
export const COMMIT_HEADER = new StoredPart("commits", {
  planes_checksum: "bytea",
  root_run_id: "int8",
  run_id: "int8",
  first_position: "int8",
  last_position: "int8",
  first_time_ns: "int8",
  last_time_ns: "int8",
  types: "int2[]",
  type_counts: "int4[]",
  vms: "int4[]",
  first_text_id: "int4",
  texts: "text[]",
  digest: "text",
  block_digests: "bytea",
});

/** The end of a run as every append writes it. */
export const RUN_HEAD = new StoredPart(
  "runs",
  {
    root_run_id: "int8",
    id: "int8",
    head_position: "int8",
    head_time_ns: "int8",
    head_digest: "text",
    text_count: "int4",
  },
  "head_checksum",
);

export const RUN_SEGMENT = new StoredPart("run_segments", {
  root_run_id: "int8",
  run_id: "int8",
  source_run_id: "int8",
  first_position: "int8",
  last_position: "int8",
  last_text_id: "int8",
});
