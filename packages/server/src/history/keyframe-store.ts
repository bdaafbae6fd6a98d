import type { MachineFacts } from "@ballast/core/memory";
import type { Pool } from "pg";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import type { StoredPart } from "../database/checksums/index.ts";
import { copyRows, readInt4, readInt8, sqlInteger, sqlIntegers } from "../database/copy-binary.ts";
import { databaseError } from "../database/database-error.ts";
import { TABLE_LAYOUT } from "../database/layouts.ts";
import { inTransaction, type PoolClient } from "../database/pool.ts";
import { readHead, type RunSegment } from "../event-store/index.ts";
import { FACTS_ALONE, KEYFRAME, KEYFRAME_PART, KeyframeDamaged, type KeyframeOwner } from "./keyframe-checks.ts";
import type { EncodedKeyframe, KeyframeFacts } from "./keyframe-encoder.ts";
import type { RegionDirectory } from "./keyframe-parts.ts";

const expand = promisify(zstdDecompress);

/** Parts per statement: a statement has 65,535 parameters at most. */
const ROWS_PER_INSERT = 1_000;

/** A stored keyframe without its columns. */
export type KeyframeRow = {
  readonly rootRun: number;
  readonly run: number;
  readonly position: number;
  readonly basePosition: number | null;
  /** FACTS_ALONE where there are no tables. */
  readonly fullPosition: number;
  readonly textCount: number;
  readonly partCount: number;
  readonly facts: MachineFacts;
  /** What its parts cover. */
  readonly regions: RegionDirectory;
};

/** Stores a keyframe; one that is there already stays as it is. */
export async function saveKeyframe(pool: Pool, run: number, keyframe: EncodedKeyframe): Promise<void> {
  const { rootRun } = await readHead(pool, run);
  await inTransaction(pool, async (client) => {
    await client.query("delete from keyframes where root_run_id = $1 and run_id = $2 and position = $3 and layout is distinct from $4", [
      rootRun,
      run,
      keyframe.position,
      TABLE_LAYOUT,
    ]);
    const row = [
      rootRun,
      run,
      keyframe.position,
      keyframe.basePosition,
      keyframe.fullPosition,
      keyframe.timeNs,
      keyframe.textCount,
      keyframe.parts.length,
      keyframe.storedBytes,
      TABLE_LAYOUT,
      asBuffer(keyframe.facts),
    ];
    if ((await insertRows(client, KEYFRAME, [row])) === 0) return;
    const parts = keyframe.parts.map((bytes, part) => [rootRun, run, keyframe.position, part, asBuffer(bytes)]);
    for (let at = 0; at < parts.length; at += ROWS_PER_INSERT) {
      await insertRows(client, KEYFRAME_PART, parts.slice(at, at + ROWS_PER_INSERT));
    }
  });
}

/** How many were inserted: none for a key that has a row. */
async function insertRows(client: PoolClient, part: StoredPart, rows: readonly (readonly unknown[])[]): Promise<number> {
  const width = part.names.length + 1;
  const places = rows.map((_row, row) => `(${Array.from({ length: width }, (_, column) => `$${row * width + column + 1}`).join(", ")})`);
  const { rowCount } = await client.query(
    `insert into ${part.table} (${part.selection}) values ${places.join(", ")} on conflict do nothing`,
    rows.flatMap((values) => [...values, part.checksum(values)]),
  );
  return rowCount ?? 0;
}

function asBuffer(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The last keyframe at or before a position, in the segments of a run, but for those that the caller passes over. */
export type KeyframeSearch = {
  readonly segments: readonly RunSegment[];
  readonly position: number;
  /** Whether it must have tables. */
  readonly withTables: boolean;
  /** Positions of keyframes that are damaged: they, and what rests on them, are passed over. */
  readonly damaged: ReadonlySet<number>;
};

/** What of it is wanted, without where it is searched. */
export type WantedKeyframe = Pick<KeyframeSearch, "withTables" | "damaged">;

/**
 * Finds a keyframe; one of another layout is passed over.
 * @throws KeyframeDamaged for one that does not match its checksum.
 */
export async function findKeyframe(
  pool: Pool,
  { segments, position, withTables, damaged }: KeyframeSearch,
): Promise<KeyframeRow | undefined> {
  for (const segment of segments.toReversed()) {
    if (segment.firstPosition > position) continue;
    const row = await lastKeyframe(pool, segment, Math.min(position, segment.lastPosition), { withTables, damaged: [...damaged] });
    if (row !== undefined) return await checkKeyframe(row);
  }
  return undefined;
}

type Row = Readonly<Record<(typeof KEYFRAME.names)[number], unknown>> & {
  readonly root_run_id: number;
  readonly run_id: number;
  readonly position: number;
  readonly base_position: number | null;
  readonly full_position: number;
  readonly text_count: number;
  readonly part_count: number | null;
  readonly facts: Buffer;
  readonly checksum: Buffer | null;
};

type Wanted = { readonly withTables: boolean; readonly damaged: readonly number[] };

async function lastKeyframe(pool: Pool, segment: RunSegment, position: number, { withTables, damaged }: Wanted): Promise<Row | undefined> {
  try {
    const { rows } = await pool.query<Row>({
      name: "last_keyframe",
      text: `select ${KEYFRAME.selection} from keyframes
             where root_run_id = $1 and run_id = $2 and position <= $3 and layout = $4
               and position <> all($5::bigint[]) and full_position <> all($5::bigint[])
               and coalesce(base_position, position) <> all($5::bigint[]) and (full_position <> $6 or not $7)
             order by position desc limit 1`,
      values: [segment.rootRun, segment.sourceRun, position, TABLE_LAYOUT, damaged, FACTS_ALONE, withTables],
    });
    return rows[0];
  } catch (error) {
    throw databaseError(error);
  }
}

/** Nothing of a row is used, or expanded, before its checksum was found right. */
async function checkKeyframe(row: Row): Promise<KeyframeRow> {
  if (
    KEYFRAME.compare(
      KEYFRAME.names.map((name) => row[name]),
      row.checksum,
    ) !== "equal" ||
    row.part_count === null
  ) {
    throw new KeyframeDamaged({ rootRun: row.root_run_id, run: row.run_id }, row.position, "does not match its checksum");
  }
  const { machine: facts, regions } = JSON.parse((await expand(row.facts)).toString("utf8")) as KeyframeFacts;
  return {
    rootRun: row.root_run_id,
    run: row.run_id,
    position: row.position,
    basePosition: row.base_position,
    fullPosition: row.full_position,
    textCount: row.text_count,
    partCount: row.part_count,
    facts,
    regions,
  };
}

/**
 * The keyframe at exactly a position of the run that holds another one, which rests on it.
 * @throws KeyframeDamaged if it is missing, or does not match its checksum.
 */
export async function fetchBase(pool: Pool, row: KeyframeRow, position: number): Promise<KeyframeRow> {
  if (position === row.position) return row;
  const found = await keyframeAt(pool, { rootRun: row.rootRun, sourceRun: row.run }, position);
  if (found === undefined) throw new KeyframeDamaged(row, position, "is missing, and later ones rest on it");
  return found;
}

/** The keyframe of a run at exactly a position. @throws KeyframeDamaged if it does not match its checksum. */
export async function keyframeAt(
  pool: Pool,
  { rootRun, sourceRun }: Pick<RunSegment, "rootRun" | "sourceRun">,
  position: number,
): Promise<KeyframeRow | undefined> {
  const segment = { rootRun, sourceRun, firstPosition: position, lastPosition: position, lastTextId: 0, catalogueVersion: 0 };
  const row = await lastKeyframe(pool, segment, position, { withTables: false, damaged: [] });
  return row?.position === position ? await checkKeyframe(row) : undefined;
}

/**
 * The parts of some keyframes by position, in order.
 * @throws KeyframeDamaged for a part that is missing, or does not match its checksum.
 */
export async function fetchParts(pool: Pool, keyframes: readonly KeyframeRow[]): Promise<Map<number, Buffer[]>> {
  const parts = new Map<number, Buffer[]>(keyframes.map(({ position }) => [position, []]));
  const [first] = keyframes;
  if (first === undefined) return parts;
  const rows = await copyRows(
    pool,
    `select ${KEYFRAME_PART.selection} from keyframe_parts where root_run_id = ${sqlInteger(first.rootRun)} and run_id = ${sqlInteger(first.run)}
       and position in (${sqlIntegers(keyframes.map(({ position }) => position))}) order by position, part`,
  );
  for (const row of rows) {
    const [position, part, bytes] = [readInt8(row[2]), readInt4(row[3]), row[4]];
    const ofPosition = parts.get(position);
    if (
      KEYFRAME_PART.compare(row.slice(0, -1), row.at(-1)) !== "equal" ||
      part !== ofPosition?.length ||
      bytes === null ||
      bytes === undefined
    ) {
      throw new KeyframeDamaged(first, position, `has a part ${part} that does not match its checksum, or is missing one before it`);
    }
    ofPosition.push(bytes);
  }
  for (const { position, partCount } of keyframes) {
    const found = parts.get(position)?.length ?? 0;
    if (found !== partCount) throw new KeyframeDamaged(first, position, `has ${found} of its ${partCount} parts`);
  }
  return parts;
}

/** Some parts of a keyframe, by their numbers. */
export type WantedParts = { readonly keyframe: KeyframeRow; readonly parts: readonly number[] };

/**
 * Some parts of keyframes of one run, for each keyframe in the order in which they are wanted.
 * @throws KeyframeDamaged for a part that is missing, or does not match its checksum.
 */
export async function fetchSomeParts(pool: Pool, wanted: readonly WantedParts[]): Promise<Buffer[][]> {
  const asked = wanted.filter(({ parts }) => parts.length > 0);
  const [first] = asked;
  if (first === undefined) return wanted.map(() => []);
  const places = asked.map(({ keyframe, parts }) => `(position = ${sqlInteger(keyframe.position)} and part in (${sqlIntegers(parts)}))`);
  const rows = await copyRows(
    pool,
    `select ${KEYFRAME_PART.selection} from keyframe_parts where root_run_id = ${sqlInteger(first.keyframe.rootRun)}
       and run_id = ${sqlInteger(first.keyframe.run)} and (${places.join(" or ")})`,
  );
  const found = new Map(rows.map((row) => [`${readInt8(row[2])}/${readInt4(row[3])}`, row]));
  return wanted.map(({ keyframe, parts }) =>
    parts.map((part) => {
      const row = found.get(`${keyframe.position}/${part}`);
      const bytes = row?.[4];
      if (row !== undefined && bytes !== undefined && bytes !== null && KEYFRAME_PART.compare(row.slice(0, -1), row.at(-1)) === "equal")
        return bytes;
      throw new KeyframeDamaged(keyframe, keyframe.position, `has a part ${part} that does not match its checksum, or is missing`);
    }),
  );
}

/** The layout of a keyframe that is to be made again: it is not read then. */
export const TO_BE_MADE_AGAIN = "to be made again";

/** Marks a keyframe that is damaged, and those that rest on it, to be made again: see `rebuildStaleKeyframes`. */
export async function markDamaged(pool: Pool, { rootRun, run }: KeyframeOwner, position: number): Promise<void> {
  await pool.query(
    `update keyframes set layout = $4 where root_run_id = $1 and run_id = $2
       and (position = $3 or full_position = $3 or base_position = $3)`,
    [rootRun, run, position, TO_BE_MADE_AGAIN],
  );
}
