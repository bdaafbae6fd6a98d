import { EventBatch } from "@ballast/core/events";
import type { Pool } from "pg";
import {
  copyRows,
  readInt4,
  readInt8,
  readTextArray,
  sqlInteger,
  sqlIntegers,
  type BinaryRow,
} from "../database/copy-binary.ts";
import { decodeColumns } from "./codec/decode-columns.ts";
import { BASE_NAMES, PLANE_NAMES } from "./commit-columns.ts";
import type { RunSegment } from "./run-segments.ts";

/** Which commits of one source run to fetch. */
export type CommitQuery = {
  readonly segment: RunSegment;
  /** At least one of these event codes occurs. */
  readonly types?: readonly number[];
  /** At least one event concerns one of these VMs (0: the host). */
  readonly vms?: readonly number[];
  readonly limit: number;
};

const NAMES = ["first_position", "last_position", "first_text_id", "texts", ...BASE_NAMES, ...PLANE_NAMES];
const FIRST_BASE = 4;
const FIRST_PLANE = FIRST_BASE + BASE_NAMES.length;

/** The commits that hold events of a segment, by ascending position, each cut to the segment. */
export async function fetchCommits(pool: Pool, query: CommitQuery): Promise<EventBatch[]> {
  const { segment } = query;
  const conditions = [
    `root_run_id = ${sqlInteger(segment.rootRun)}`,
    `run_id = ${sqlInteger(segment.sourceRun)}`,
    `last_position >= ${sqlInteger(segment.firstPosition)}`,
    `first_position <= ${sqlInteger(segment.lastPosition)}`,
    ...(query.types === undefined ? [] : [`types && '{${sqlIntegers(query.types)}}'::smallint[]`]),
    ...(query.vms === undefined ? [] : [`vms && '{${sqlIntegers(query.vms)}}'::integer[]`]),
  ];
  const rows = await copyRows(
    pool,
    `select ${NAMES.join(", ")} from commits where ${conditions.join(" and ")} order by last_position limit ${sqlInteger(query.limit)}`,
  );
  return rows.map((row) => cutToSegment(readCommit(row), segment));
}

function readCommit(row: BinaryRow): EventBatch {
  const firstPosition = readInt8(row[0]);
  const length = readInt8(row[1]) - firstPosition + 1;
  const batch = new EventBatch(firstPosition, length, readInt4(row[2]));
  batch.length = length;
  batch.texts = readTextArray(row[3]);
  decodeColumns(batch, row.slice(FIRST_BASE, FIRST_PLANE).map(readInt8), row.slice(FIRST_PLANE));
  return batch;
}

/** A batch that begins within a commit keeps the commit's texts: its events may mention them. */
function cutToSegment(batch: EventBatch, segment: RunSegment): EventBatch {
  const from = Math.max(segment.firstPosition - batch.firstPosition, 0);
  const end = Math.min(segment.lastPosition, batch.lastPosition) - batch.firstPosition + 1;
  const texts = batch.texts.slice(0, Math.max(segment.lastTextId - batch.firstTextId + 1, 0));
  const cut = from === 0 && end === batch.length ? batch : batch.slice(from, end);
  cut.firstTextId = batch.firstTextId;
  cut.texts = texts;
  return cut;
}
