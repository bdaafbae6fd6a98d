import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";
import type { Comparison } from "../comparison.ts";
import { checkListLimit } from "../list-limit.ts";
import { NEWEST_FIRST, type RunFilter } from "../run-list.ts";
import type { RunMetrics } from "../run-metrics.ts";
import type { ListRuns, RunReader } from "../run-service.ts";
import { type Slice, type Run, RUN_STATUSES } from "../run.ts";
import { readComparison, selectComparisons } from "../store/comparison-rows.ts";
import { findId, KEPT_COMPARISONS, KEPT_RUNS } from "../store/find-id.ts";
import { countRuns, selectRuns } from "../store/run-list-rows.ts";
import { decodePlace, encodePlace } from "../store/run-order.ts";
import { readRun, readRunMetrics } from "../store/run-rows.ts";
import { decodeCursor, encodeCursor, toSlice } from "./slice.ts";

/** The part of the run service that reads what is stored of runs and comparisons, without policies and simulation. */
export class PostgresRunReader implements RunReader {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async getRun(id: string): Promise<Run> {
    return await readRun(this.#pool, id);
  }

  async findRunId(text: string): Promise<string> {
    return await findId(this.#pool, KEPT_RUNS, text);
  }

  async findRun(text: string): Promise<Run> {
    return await this.getRun(await this.findRunId(text));
  }

  async getMetrics(id: string): Promise<RunMetrics | null> {
    return await readRunMetrics(this.#pool, id);
  }

  async listRuns({ after, first, order = NEWEST_FIRST, ...filter }: ListRuns): Promise<Slice<Run>> {
    checkListLimit(first);
    checkStatus(filter);
    const found = await selectRuns(this.#pool, { filter, order, after: decodePlace(order, after), limit: first + 1 });
    const { items, ...page } = toSlice(found, first, ({ place }) => encodePlace(order, place));
    return { ...page, items: items.map(({ run }) => run) };
  }

  async countRuns(filter: RunFilter): Promise<number> {
    checkStatus(filter);
    return await countRuns(this.#pool, filter);
  }

  async getComparison(id: string): Promise<Comparison> {
    return await readComparison(this.#pool, id);
  }

  async findComparisonId(text: string): Promise<string> {
    return await findId(this.#pool, KEPT_COMPARISONS, text);
  }

  async findComparison(text: string): Promise<Comparison> {
    return await this.getComparison(await this.findComparisonId(text));
  }

  async listComparisons({ after, first }: { after?: string; first: number }): Promise<Slice<Comparison>> {
    checkListLimit(first);
    const found = await selectComparisons(this.#pool, decodeCursor(after), first + 1);
    const { items, ...page } = toSlice(found, first, ({ number }) => encodeCursor(number));
    return { ...page, items: items.map(({ comparison }) => comparison) };
  }
}

/** @throws BallastError INPUT_INVALID. */
function checkStatus({ status }: RunFilter): void {
  if (status === undefined || RUN_STATUSES.includes(status)) return;
  throw new BallastError("INPUT_INVALID", `A run's status is one of ${RUN_STATUSES.join(", ")}, not ${status as string}.`);
}
