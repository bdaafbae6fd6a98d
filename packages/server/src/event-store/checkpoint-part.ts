import { StoredPart } from "../database/checksums/index.ts";

/** A row of a checkpoint: one of `part_count`, so that a missing one is noticed. */
export const CHECKPOINT_PART = new StoredPart("checkpoints", {
  root_run_id: "int8",
  run_id: "int8",
  position: "int8",
  part: "int4",
  part_count: "int4",
  bytes: "bytea",
});
