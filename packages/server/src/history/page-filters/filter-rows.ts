import type { Pool, PoolClient } from "pg";
import { StoredPart } from "../../database/checksums/index.ts";
import { copyRows, readInt8, sqlInteger, sqlIntegers } from "../../database/copy-binary.ts";
import type { RunSegment } from "../../event-store/index.ts";
import { mayHave } from "./bloom-filter.ts";
import type { PageFilterBuilder } from "./page-filter.ts";
import type { FilterEntry } from "./page-key.ts";

/** One block of a filter of the events between two positions, both included. */
export const PAGE_FILTER = new StoredPart("page_filters", {
  root_run_id: "int8",
  run_id: "int8",
  block: "int2",
  first_position: "int8",
  last_position: "int8",
  bits: "bytea",
});

/** Fewer events are read faster than the filter that says whether to read them. */
export const MIN_FILTER_EVENTS = 16_384;

/** Positions, both included. */
export type PositionRange = { readonly first: number; readonly last: number };
type FilterOwner = { readonly rootRun: number; readonly run: number };

/** In the caller's transaction. */
export async function insertFilter(
  client: PoolClient,
  { rootRun, run }: FilterOwner,
  { first, last }: PositionRange,
  filter: PageFilterBuilder,
): Promise<void> {
  const blocks = filter.finish().map((bits) => Buffer.from(bits.buffer));
  const checksums = blocks.map((bits, block) => PAGE_FILTER.checksum([rootRun, run, block, first, last, bits]));
  await client.query(
    `insert into page_filters (${PAGE_FILTER.selection})
     select $1, $2, block - 1, $3, $4, bits, checksum from unnest($5::bytea[], $6::bytea[]) with ordinality as row (bits, checksum, block)`,
    [rootRun, run, first, last, blocks, checksums],
  );
}

/**
 * Ranges of a segment in which no event names a page, ascending, given the entries that it may have. Where there is no filter (as those of virtual
 * pages in runs of earlier versions, until their read models are made again), or a damaged one, nothing is known.
 */
export async function rangesWithout(pool: Pool, segment: RunSegment, entries: readonly FilterEntry[]): Promise<PositionRange[]> {
  const { rootRun, sourceRun, firstPosition, lastPosition } = segment;
  const wanted = new Set(entries.map(({ block }) => block));
  const rows = await copyRows(
    pool,
    `select ${PAGE_FILTER.selection} from page_filters where root_run_id = ${sqlInteger(rootRun)} and run_id = ${sqlInteger(sourceRun)}
       and block in (${sqlIntegers([...wanted])}) and last_position >= ${sqlInteger(firstPosition)}
       and first_position <= ${sqlInteger(lastPosition)} order by first_position`,
  );
  const lacking = new Map<number, { last: number; blocks: Set<number> }>();
  for (const row of rows) {
    if (PAGE_FILTER.compare(row.slice(0, -1), row.at(-1)) !== "equal") continue;
    const [block, first, last, bits] = [row[BLOCK]!.readInt16BE(0), readInt8(row[FIRST]), readInt8(row[LAST]), row[BITS]!];
    if (entries.some((entry) => entry.block === block && mayHave(bits, entry.hash))) continue;
    const range = lacking.get(first) ?? { last, blocks: new Set<number>() };
    if (range.last === last) range.blocks.add(block);
    lacking.set(first, range);
  }
  const whole = [...lacking].filter(([, { blocks }]) => blocks.size === wanted.size).map(([first, { last }]) => ({ first, last }));
  return joined(whole.map(({ first, last }) => ({ first: Math.max(first, firstPosition), last: Math.min(last, lastPosition) })));
}

const [BLOCK, FIRST, LAST, BITS] = (["block", "first_position", "last_position", "bits"] as const).map((name) =>
  PAGE_FILTER.names.indexOf(name),
) as [number, number, number, number];

/** Ranges that follow each other without a gap as one. */
function joined(ranges: readonly PositionRange[]): PositionRange[] {
  const found: PositionRange[] = [];
  for (const range of ranges) {
    const before = found.at(-1);
    if (before !== undefined && range.first <= before.last + 1)
      found[found.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    else found.push(range);
  }
  return found;
}
