import { setImmediate as nextTurn } from "node:timers/promises";
import { BallastError } from "@ballast/core/errors";
import { METRICS } from "@ballast/core/metrics";
import type { Pool } from "pg";
import { type BinaryRow, readFloat8At, readInt8 } from "../database/copy-binary.ts";
import { readGroup } from "./read-group.ts";
import { groupOfName, SERIES_POINT, seriesGroup } from "./read-model-parts.ts";
import { readModels } from "./read-models.ts";
import { thin } from "./thin.ts";

/** Moments that are decoded without a turn for others in between: some 2 ms. */
const MOMENTS_PER_TURN = 64;

export type SeriesQuery = {
  /** A metric of a VM, or with VM 0 of the host. */
  readonly metric: string;
  /** 0 for the host. */
  readonly vm: number;
  /** Simulated time, both included. */
  readonly fromNs?: number;
  readonly toNs?: number;
  /** The most points to give; all that are kept if not given. */
  readonly points?: number;
};

/** A metric as it was from this simulated time until the next point; null where an earlier version did not record it. */
export type SeriesValue = { readonly timeNs: number; readonly value: number | null };

/**
 * How a metric went over simulated time. With fewer points than are kept, every nth is given, and always the last.
 * @throws BallastError INPUT_INVALID for an unknown metric, RUN_NOT_FOUND; HISTORY_DAMAGED if it is damaged and cannot be made again.
 */
export async function readSeries(pool: Pool, run: number, query: SeriesQuery): Promise<SeriesValue[]> {
  const place = metricPlace(query);
  const { fromNs = 0, toNs = Number.MAX_SAFE_INTEGER } = query;
  const values = await readModels(pool, run, async (store) => {
    const rows = await readGroup(store, seriesGroup(query.vm));
    return rows.map((row): SeriesValue => ({ timeNs: readInt8(row[TIME]), value: readFloat8At(row[VALUES], place) }));
  });
  const within = (values ?? []).filter(({ timeNs }) => timeNs >= fromNs && timeNs <= toNs);
  return thin(within, query.points ?? within.length);
}

/** All metrics of a VM, or with VM 0 of the host, as they were from this simulated time until the next moment. */
export type SeriesMoment = {
  readonly vm: number;
  readonly timeNs: number;
  /** By their places in `METRICS`; null where an earlier version did not record it. */
  readonly values: readonly (number | null)[];
};

/**
 * How all metrics went over simulated time, of the host and then of each VM, or of one alone.
 * @throws BallastError RUN_NOT_FOUND; HISTORY_DAMAGED if it is damaged and cannot be made again.
 */
export async function* readAllSeries(
  pool: Pool,
  run: number,
  { vm, signal }: { readonly vm?: number | undefined; readonly signal: AbortSignal },
): AsyncGenerator<SeriesMoment, void, void> {
  const groups = await readModels(pool, run, async (store) => {
    const all = store.groups.names.map(groupOfName).filter(({ part }) => part === SERIES_POINT);
    return await Promise.resolve(all.map(({ from }) => from).toSorted((left, right) => left - right));
  });
  for (const each of (groups ?? []).filter((found) => vm === undefined || found === vm)) {
    const rows = (await readModels(pool, run, async (store) => await readGroup(store, seriesGroup(each)))) ?? [];
    for (const [index, row] of rows.entries()) {
      if (index % MOMENTS_PER_TURN === 0) await nextTurn();
      signal.throwIfAborted();
      yield toMoment(each, row);
    }
  }
}

function toMoment(vm: number, row: BinaryRow): SeriesMoment {
  const count = (vm === 0 ? METRICS.host : METRICS.vm).length;
  const values = Array.from({ length: count }, (_, place) => readFloat8At(row[VALUES], place));
  return { vm, timeNs: readInt8(row[TIME]), values };
}

const [TIME, VALUES] = (["time_ns", "figures"] as const).map((name) => SERIES_POINT.names.indexOf(name)) as [number, number];

function metricPlace({ metric, vm }: SeriesQuery): number {
  const known: readonly string[] = vm === 0 ? METRICS.host : METRICS.vm;
  const place = known.indexOf(metric);
  if (place >= 0) return place;
  const subject = vm === 0 ? "the host" : "a VM";
  throw new BallastError("INPUT_INVALID", `There is no metric "${metric}" of ${subject}; there are ${known.join(", ")}.`);
}
