import { EventBatch } from "@ballast/core/events";
import type { Pool } from "pg";
import { uncheckedUntil } from "../database/checksums/index.ts";
import {
  copyRows,
  readInt4,
  readInt8,
  readIntegerArray,
  readTextArray,
  sqlInteger,
  sqlIntegers,
  type BinaryRow,
} from "../database/copy-binary.ts";
import { BatchBuffers } from "./batch-buffers.ts";
import { decodeColumns } from "./codec/decode-columns.ts";
import { BASE_NAMES, type CommitColumn } from "./commit-columns.ts";
import { COMMIT_HEADER, COMMIT_PLANES } from "./commit-parts.ts";
import type { RunSegment } from "./run-segments.ts";

/** What is known of a commit without its events. */
export type CommitHeader = {
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly firstTimeNs: number;
  readonly lastTimeNs: number;
  readonly types: readonly number[];
  /** How many events it has of each of these types. */
  readonly typeCounts: readonly number[];
  readonly vms: readonly number[];
  readonly firstTextId: number;
  readonly texts: readonly string[];
  readonly digest: string;
  readonly blockDigests: Buffer;
};

/** A commit as it is stored, its header checked. */
export type StoredCommit = CommitHeader & {
  /** Its events up to a position, all if not given; undefined if they do not match their checksum. Only of a whole commit. */
  decode(lastPosition?: number, buffers?: BatchBuffers): EventBatch | undefined;
  /** Like `decode`, but only the events that a selector finds from a position on; their batch has neither their positions nor texts. */
  decodeSelected(range: PositionRange, selector: EventSelector, buffers?: BatchBuffers): EventBatch | undefined;
  /** The checksums of the planes and of the header that fit what was read. */
  checksums(): { readonly planes: Buffer; readonly header: Buffer };
  readonly hasChecksum: boolean;
  /** What it takes in memory, about. */
  readonly bytes: number;
};

/** Positions, both included. */
export type PositionRange = { readonly first: number; readonly last: number };

/** Finds events by a few of their columns, so that the others are decoded of these events alone. */
export type EventSelector = {
  readonly fields: readonly CommitColumn["field"][];
  /** The indexes, ascending, of the wanted events among those [from, end) of a batch that has these columns. */
  readonly select: (batch: EventBatch, from: number, end: number) => Uint32Array;
};

/** Some rows of a source run by ascending position. */
export type FetchedRows<Row> = {
  /** Those whose header is what was written. One that is not says nothing reliable, not even where it belongs: it leaves a gap. */
  readonly rows: readonly Row[];
  /** How many there were, damaged ones included. */
  readonly count: number;
  /** The last position of the last one, as it is stored: where to continue. */
  readonly lastKey: number;
};

/** Which rows: those of a segment from a position on; of these, only those that end at some positions, or that bring some texts. */
export type CommitQuery = {
  readonly segment: RunSegment;
  readonly limit: number;
  readonly lastPositions?: readonly number[];
  readonly texts?: { readonly first: number; readonly last: number };
};

const WHOLE = [...COMMIT_PLANES.names, ...COMMIT_HEADER.names, COMMIT_HEADER.checksumName].join(", ");
const PLANES_COUNT = COMMIT_PLANES.names.length;

/** Whole commits, to be decoded one by one. */
export async function fetchCommits(pool: Pool, query: CommitQuery): Promise<FetchedRows<StoredCommit>> {
  const rows = await fetchRows(pool, WHOLE, query);
  const checked = await keepIntact(pool, query.segment, rows, (row) => row.slice(PLANES_COUNT));
  return {
    ...checked,
    rows: checked.rows.map(({ row, header }) => storedCommit(row, header)),
  };
}

function storedCommit(row: BinaryRow, header: CommitHeader): StoredCommit {
  let planes: Planes | "damaged" | undefined;
  // Read over and over from a cache, it is checked once.
  const checked = (): Planes | undefined => {
    planes ??= checkPlanes(row, header) ?? "damaged";
    return planes === "damaged" ? undefined : planes;
  };
  return Object.assign(header, {
    decode: (lastPosition = header.lastPosition, buffers?: BatchBuffers) => decodeCommit(checked(), header, lastPosition, buffers),
    decodeSelected: (range: PositionRange, selector: EventSelector, buffers?: BatchBuffers) =>
      decodeSelected(checked(), header, { range, selector, buffers }),
    checksums: () => checksumsOf(row),
    hasChecksum: row.at(-1) !== null,
    bytes: row.reduce((bytes, field) => bytes + (field?.length ?? 0), 1_000),
  });
}

/** Headers only: some hundred bytes a commit, whatever the number of its events. */
export async function fetchHeaders(pool: Pool, query: CommitQuery): Promise<FetchedRows<CommitHeader>> {
  const rows = await fetchRows(pool, COMMIT_HEADER.selection, query);
  const checked = await keepIntact(pool, query.segment, rows, (row) => row);
  return { ...checked, rows: checked.rows.map(({ header }) => header) };
}

async function fetchRows(pool: Pool, selection: string, { segment, limit, lastPositions, texts }: CommitQuery): Promise<BinaryRow[]> {
  const conditions = [
    `root_run_id = ${sqlInteger(segment.rootRun)}`,
    `run_id = ${sqlInteger(segment.sourceRun)}`,
    `last_position >= ${sqlInteger(segment.firstPosition)}`,
    `first_position <= ${sqlInteger(segment.lastPosition)}`,
    ...(lastPositions === undefined ? [] : [`last_position in (${sqlIntegers(lastPositions)})`]),
    ...(texts === undefined
      ? []
      : [
          `texts <> '{}' and first_text_id <= ${sqlInteger(texts.last)}::bigint`,
          `first_text_id + cardinality(texts) > ${sqlInteger(texts.first)}::bigint`,
        ]),
  ];
  return await copyRows(
    pool,
    `select ${selection} from commits where ${conditions.join(" and ")} order by last_position limit ${sqlInteger(limit)}`,
  );
}

type CheckedRow = { readonly row: BinaryRow; readonly header: CommitHeader };

async function keepIntact(
  pool: Pool,
  segment: RunSegment,
  rows: readonly BinaryRow[],
  headerOf: (row: BinaryRow) => BinaryRow,
): Promise<FetchedRows<CheckedRow>> {
  const intact: CheckedRow[] = [];
  let until: number | undefined;
  for (const row of rows) {
    const fields = headerOf(row);
    const comparison = COMMIT_HEADER.compare(fields.slice(0, -1), fields.at(-1));
    if (comparison === "differs") continue;
    const header = readHeader(fields);
    // Of an earlier version, or it lost its checksum.
    if (comparison === "missing") {
      until ??= await uncheckedUntil(pool, { kind: "run", id: segment.sourceRun });
      if (header.lastPosition > until || fields[PLANES_CHECKSUM] !== null) continue;
    }
    intact.push({ row, header });
  }
  const last = rows.at(-1);
  return { rows: intact, count: rows.length, lastKey: last === undefined ? 0 : readInt8(headerOf(last)[LAST_POSITION]) };
}

const AT = Object.fromEntries(COMMIT_HEADER.names.map((name, index) => [name, index])) as Record<
  (typeof COMMIT_HEADER.names)[number],
  number
>;
const LAST_POSITION = AT.last_position;
const PLANES_CHECKSUM = AT.planes_checksum;

function readHeader(fields: BinaryRow): CommitHeader {
  return {
    firstPosition: readInt8(fields[AT.first_position]),
    lastPosition: readInt8(fields[AT.last_position]),
    firstTimeNs: readInt8(fields[AT.first_time_ns]),
    lastTimeNs: readInt8(fields[AT.last_time_ns]),
    types: readIntegerArray(fields[AT.types]),
    typeCounts: readIntegerArray(fields[AT.type_counts]),
    vms: readIntegerArray(fields[AT.vms]),
    firstTextId: readInt4(fields[AT.first_text_id]),
    texts: readTextArray(fields[AT.texts]),
    digest: (fields[AT.digest] ?? Buffer.alloc(0)).toString("utf8"),
    blockDigests: fields[AT.block_digests] ?? Buffer.alloc(0),
  };
}

type Planes = { readonly bases: readonly number[]; readonly planes: BinaryRow };

/** The header says whether the planes must have a checksum: its own covers it. Undefined if they are not what was written. */
function checkPlanes(row: BinaryRow, { firstPosition, lastPosition }: CommitHeader): Planes | undefined {
  const fields = row.slice(0, PLANES_COUNT);
  if (COMMIT_PLANES.compare(fields, row[PLANES_COUNT]) === "differs") return undefined;
  const whole = lastPosition - firstPosition + 1;
  const planes = fields.slice(BASE_NAMES.length);
  if (planes.some((plane) => plane !== null && plane.length !== whole)) return undefined;
  return { bases: fields.slice(0, BASE_NAMES.length).map(readInt8), planes };
}

function decodeCommit(
  checked: Planes | undefined,
  { firstPosition, lastPosition, firstTextId, texts }: CommitHeader,
  upTo: number,
  buffers = new BatchBuffers(),
): EventBatch | undefined {
  if (checked === undefined) return undefined;
  const batch = buffers.take(firstPosition, Math.min(upTo, lastPosition) - firstPosition + 1, firstTextId);
  batch.texts = [...texts];
  decodeColumns(batch, checked.bases, checked.planes);
  return batch;
}

type Selection = { readonly range: PositionRange; readonly selector: EventSelector; readonly buffers: BatchBuffers | undefined };

function decodeSelected(
  checked: Planes | undefined,
  { firstPosition, lastPosition, firstTextId }: CommitHeader,
  { range, selector, buffers = new BatchBuffers() }: Selection,
): EventBatch | undefined {
  if (checked === undefined) return undefined;
  const { bases, planes } = checked;
  const all = buffers.take(firstPosition, Math.min(range.last, lastPosition) - firstPosition + 1, firstTextId);
  decodeColumns(all, bases, planes, selector.fields);
  const indexes = selector.select(all, Math.max(range.first - firstPosition, 0), all.length);
  buffers.give(all);
  const found = Object.assign(new EventBatch(firstPosition, indexes.length), { length: indexes.length });
  decodeColumns(
    found,
    bases,
    planes.map((plane) => plane && bytesAt(plane, indexes)),
  );
  return found;
}

function bytesAt(plane: Uint8Array, indexes: Uint32Array): Buffer {
  const bytes = Buffer.allocUnsafe(indexes.length);
  for (let i = 0; i < indexes.length; i++) bytes[i] = plane[indexes[i]!]!;
  return bytes;
}

function checksumsOf(row: BinaryRow): { planes: Buffer; header: Buffer } {
  const planes = COMMIT_PLANES.checksum(row.slice(0, PLANES_COUNT));
  return { planes, header: COMMIT_HEADER.checksum([planes, ...row.slice(PLANES_COUNT + 1, -1)]) };
}
