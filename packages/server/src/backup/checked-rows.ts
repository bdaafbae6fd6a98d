import { assert } from "@ballast/core/assert";
import type { StoredPart } from "../database/checksums/index.ts";
import type { BinaryRow } from "../database/copy-binary.ts";
import { CHECKPOINT_PART } from "../event-store/checkpoint-part.ts";
import { COMMIT_HEADER, COMMIT_PLANES, RUN_HEAD, RUN_SEGMENT } from "../event-store/commit-parts.ts";
import { EXPERIMENT, RUN_INPUT, RUN_RESULT } from "../event-store/index.ts";
import { KEYFRAME, KEYFRAME_PART, PAGE_FILTER } from "../history/index.ts";
import { DECISION, DECISION_FIGURE, PROJECTION_STATE, RUN_SUMMARY, SERIES_POINT } from "../projections/index.ts";
import { PIECES, RUN_TRACE, TRACE } from "../traces/index.ts";

/** Every checksum of a table that a backup holds; one that covers another comes behind it. */
export const CHECKED_PARTS: readonly StoredPart[] = [
  RUN_HEAD,
  RUN_SEGMENT,
  RUN_INPUT,
  RUN_RESULT,
  EXPERIMENT,
  COMMIT_PLANES,
  COMMIT_HEADER,
  CHECKPOINT_PART,
  KEYFRAME,
  KEYFRAME_PART,
  TRACE,
  ...Object.values(PIECES).map(({ check }) => check),
  RUN_TRACE,
  PROJECTION_STATE,
  SERIES_POINT,
  RUN_SUMMARY,
  DECISION,
  DECISION_FIGURE,
  PAGE_FILTER,
];

type Rewrite = (row: BinaryRow) => BinaryRow;

/**
 * Rewrites rows and their checksums: one that was right before is right afterwards. One that was wrong, or is missing, stays as it
 * is: damage that was saved is still noticed.
 * @param columns the names of the row's fields.
 */
export function keepChecksums(table: string, columns: readonly string[], rewrite: Rewrite): Rewrite {
  const checked = CHECKED_PARTS.filter((part) => part.table === table && columns.includes(part.checksumName)).map((part) => {
    const places = part.names.map((name) => columns.indexOf(name));
    assert(!places.includes(-1), () => `the checksum ${part.checksumName} of ${table} covers columns that an earlier version has not`);
    return { part, places, at: columns.indexOf(part.checksumName) };
  });
  return (row) => {
    const changed = [...rewrite(row)];
    for (const { part, places, at } of checked) {
      const of = (values: BinaryRow): (Buffer | null)[] => places.map((place) => values[place] ?? null);
      if (part.compare(of(row), row[at]) === "equal") changed[at] = part.checksum(of(changed));
    }
    return changed;
  };
}
