import { columnLike, type IntColumn, machineFromFacts, tablesOf } from "@ballast/core/memory";
import type { Pool } from "pg";
import type { ByteCache } from "../byte-cache.ts";
import { REGION_ENTRIES } from "../change-block.ts";
import { partsOf, unpackPart } from "../keyframe-parts.ts";
import { fetchBase, fetchSomeParts, type KeyframeRow } from "../keyframe-store.ts";
import { putChanges } from "../table-patch.ts";
import { isShown, nameOfTable, pagesPerEntry, type TableWindow, type WindowColumn, windowSource } from "./table-window.ts";

/** The columns of one region of a table as a keyframe has them, by name; none if the table was not there. Nobody changes them. */
export type Region = ReadonlyMap<string, WindowColumn>;

export function regionBytes(region: Region): number {
  let bytes = 200;
  for (const { values } of region.values()) bytes += values.byteLength + 100;
  return bytes;
}

/** Reads windows of tables as keyframes have them, region by region, and keeps the regions that were used lately. */
export class RegionReader {
  readonly #pool: Pool;
  readonly #regions: ByteCache<Region>;

  constructor(pool: Pool, regions: ByteCache<Region>) {
    this.#pool = pool;
    this.#regions = regions;
  }

  /** The columns of a window, the caller's own. @throws KeyframeDamaged. */
  async read(keyframe: KeyframeRow, window: TableWindow): Promise<Map<string, WindowColumn>> {
    const first = Math.floor(window.first / REGION_ENTRIES);
    const end = Math.max(Math.ceil(window.end / REGION_ENTRIES), first + 1);
    const missing: number[] = [];
    let loaded: Promise<Map<number, Region>> | undefined;
    const load = async (region: number): Promise<Region> => {
      missing.push(region);
      // All that are missing are known when this turn of the event loop ends.
      loaded ??= Promise.resolve().then(() => this.#load(keyframe, window, missing));
      return (await loaded).get(region) ?? new Map();
    };
    const key = `${keyframe.run}:${keyframe.position}:${nameOfTable(window.table)}:${window.only?.join() ?? ""}`;
    const regions: Promise<Region>[] = [];
    for (let region = first; region < end; region++) regions.push(this.#regions.get(`${key}:${region}`, () => load(region)));
    return joinRegions(await Promise.all(regions), window, first);
  }

  async #load(keyframe: KeyframeRow, window: TableWindow, missing: readonly number[]): Promise<Map<number, Region>> {
    const [first, end] = [Math.min(...missing), Math.max(...missing) + 1];
    const columns = await this.#restore(keyframe, { ...window, first: first * REGION_ENTRIES, end: end * REGION_ENTRIES });
    return new Map(missing.map((region) => [region, cut(columns, region, first)]));
  }

  /** The full keyframe below it, the coarse one, its own changes: as far as there are any. */
  async #restore(keyframe: KeyframeRow, window: TableWindow): Promise<Map<string, WindowColumn>> {
    const { fullPosition, basePosition, position } = keyframe;
    const positions = [...new Set([fullPosition, basePosition ?? fullPosition, position])];
    const chain = await Promise.all(positions.map((each) => fetchBase(this.#pool, keyframe, each)));
    const regions = [window.first / REGION_ENTRIES, window.end / REGION_ENTRIES] as const;
    const wanted = chain.map((row) => {
      return { keyframe: row, parts: partsOf(row.regions, nameOfTable(window.table), regions).map(({ part }) => part) };
    });
    const parts = await fetchSomeParts(this.#pool, wanted);
    let columns = new Map<string, WindowColumn>();
    for (const [index, row] of chain.entries()) columns = await applyParts(row, window, columns, parts[index] ?? []);
    return columns;
  }
}

/** What the table is at the next keyframe of a chain: blank, as it was at the one before, and with its changes. */
async function applyParts(
  { facts }: KeyframeRow,
  window: TableWindow,
  before: Map<string, WindowColumn>,
  parts: readonly Buffer[],
): Promise<Map<string, WindowColumn>> {
  const lengths = new Map<string, number>();
  const source = windowSource(window, before);
  const machine = machineFromFacts(facts, {
    ...source,
    column: (name, length, makeBlank) => {
      lengths.set(name, length);
      return source.column(name, length, makeBlank);
    },
  });
  const name = nameOfTable(window.table);
  const shown = (tablesOf(machine).find((table) => table.name === name)?.columns ?? []).filter((column) => isShown(window, column.name));
  const columns = new Map(shown.map((column) => [column.name, { values: column.values, length: lengths.get(column.name) ?? 0 }]));
  for (const blocks of await Promise.all(parts.map(unpackPart))) {
    for (const block of blocks) {
      const column = columns.get(block.column);
      if (column !== undefined) putChanges(block, column.values, window.first / pagesPerEntry(block.column), column.length);
    }
  }
  return columns;
}

/** One region of columns that begin with the region `first`. */
function cut(columns: ReadonlyMap<string, WindowColumn>, region: number, first: number): Region {
  return new Map(
    [...columns].map(([name, { values, length }]) => {
      const entries = REGION_ENTRIES / pagesPerEntry(name);
      const from = (region - first) * entries;
      const isAll = from === 0 && values.length <= entries;
      return [name, { values: isAll ? values : values.slice(from, from + entries), length }];
    }),
  );
}

/** The window's part of regions that follow each other from `firstRegion` on. */
function joinRegions(regions: readonly Region[], window: TableWindow, firstRegion: number): Map<string, WindowColumn> {
  const joined = new Map<string, WindowColumn>();
  for (const [name, { values, length }] of regions[0] ?? []) {
    const pages = pagesPerEntry(name);
    const first = window.first / pages;
    const own = columnLike(values, Math.max(Math.min(window.end / pages, length) - first, 0));
    regions.forEach((region, index) => {
      const column = region.get(name)?.values;
      if (column !== undefined) putAt(own, column, ((firstRegion + index) * REGION_ENTRIES) / pages - first);
    });
    joined.set(name, { values: own, length });
  }
  return joined;
}

/** Copies what lies within: `start` may be before the first entry. */
function putAt(own: IntColumn, column: IntColumn, start: number): void {
  const from = Math.max(-start, 0);
  const end = Math.min(column.length, own.length - start);
  if (end > from) own.set(column.subarray(from, end), start + from);
}
