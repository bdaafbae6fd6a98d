import { assert } from "@ballast/core/assert";
import { type BinaryRow, readInt2, readInt4, readInt8 } from "../database/copy-binary.ts";
import type { DecisionsTable } from "../database/index.ts";

/** A row of `decisions` by its columns' names, as `DECISION` covers them. Null: its event is not projected yet, or there is none. */
export type StoredDecision = Omit<DecisionsTable, "root_run_id" | "run_id" | "checksum">;

/** One that nothing is known of yet. */
export function noDecision(decision: number): StoredDecision {
  return {
    decision,
    position: null,
    time_ns: null,
    vm: null,
    kind: null,
    reason: null,
    requested_pages: null,
    clamp_cause: null,
    done_pages: null,
  };
}

/** A checked row of `DECISION`. */
export function toDecision(row: BinaryRow): StoredDecision {
  assert(row.length === 10, "a row of decisions has nine columns and a checksum");
  const [decision, position, timeNs, vm, kind, reason, requested, cause, done] = row;
  return {
    decision: readInt4(decision),
    position: orNull(position, readInt8),
    time_ns: orNull(timeNs, readInt8),
    vm: orNull(vm, readInt4),
    kind: orNull(kind, readInt2),
    reason: orNull(reason, String),
    requested_pages: orNull(requested, readInt8),
    clamp_cause: orNull(cause, readInt2),
    done_pages: orNull(done, readInt8),
  };
}

function orNull<Value>(field: Buffer | null | undefined, read: (field: Buffer) => Value): Value | null {
  return field === null || field === undefined ? null : read(field);
}
