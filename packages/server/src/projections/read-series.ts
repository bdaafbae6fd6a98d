import { BallastError } from "@ballast/core/errors";
import { HOST_FIGURES, type HostFigure, HostPlace, VM_FIGURES, vmFigurePlace } from "@ballast/core/projections";
import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { readHead } from "../event-store/index.ts";
import { requireLayout } from "./require-layout.ts";

export type SeriesQuery = {
  /** One of VM_FIGURES, or with VM 0 one of HOST_FIGURES. */
  readonly metric: string;
  /** 0 for the host. */
  readonly vm: number;
  /** Simulated time, both included. */
  readonly fromNs?: number;
  readonly toNs?: number;
  /** The most points to give; all that are kept if not given. */
  readonly points?: number;
};

/** A figure as it was from this simulated time until the next point; null where an earlier version did not record it. */
export type SeriesValue = { readonly timeNs: number; readonly value: number | null };

/**
 * How a figure went over simulated time. With fewer points than are kept, every nth is given, and always the last.
 * @throws BallastError INPUT_INVALID for an unknown metric, RUN_NOT_FOUND.
 */
export async function readSeries(pool: Pool, run: number, query: SeriesQuery): Promise<SeriesValue[]> {
  const place = figurePlace(query);
  const { rootRun } = await readHead(pool, run);
  try {
    await requireLayout(pool, run);
    const { rows } = await pool.query<SeriesValue>(
      `select time_ns as "timeNs", figures[$4] as value from series_points
       where root_run_id = $1 and run_id = $2 and vm = $3 and time_ns between $5 and $6 order by time_ns`,
      [rootRun, run, query.vm, place + 1, query.fromNs ?? 0, query.toNs ?? Number.MAX_SAFE_INTEGER],
    );
    return thin(rows, query.points ?? rows.length);
  } catch (error) {
    throw databaseError(error);
  }
}

function figurePlace({ metric, vm }: SeriesQuery): number {
  const place = vm === 0 ? HostPlace[metric as HostFigure] : vmFigurePlace(metric);
  if (place !== undefined) return place;
  const known = vm === 0 ? HOST_FIGURES : VM_FIGURES;
  const subject = vm === 0 ? "the host" : "a VM";
  throw new BallastError(
    "INPUT_INVALID",
    `There is no metric "${metric}" of ${subject}; there are ${known.join(", ")}.`,
  );
}

function thin(values: SeriesValue[], points: number): SeriesValue[] {
  if (values.length <= points) return values;
  if (points <= 0) return [];
  const step = values.length / points;
  return Array.from({ length: points }, (_, index) => values[Math.ceil((index + 1) * step) - 1]!);
}
