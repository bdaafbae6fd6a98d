import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";
import { checkListLimit } from "../list-limit.ts";
import { NEWEST_FIRST, type RunFilter } from "../run-list.ts";
import type { RunMetrics } from "../run-metrics.ts";
import type { ListRuns, RunReader } from "../run-service.ts";
import { type Slice, type Run, RUN_STATUSES } from "../run.ts";
import { findId, KEPT_RUNS } from "../store/find-id.ts";
import { type QueueStatus, readQueueStatus } from "../store/queue-status.ts";
import { countRuns, selectRuns } from "../store/run-list-rows.ts";
import { decodePlace, encodePlace } from "../store/run-order.ts";
import { readRun, readRunMetrics } from "../store/run-rows.ts";
import { toSlice } from "./slice.ts";

/** The part of the run service that reads what is stored of runs, without policies and simulation. */
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

  async getQueue(): Promise<QueueStatus> {
    return await readQueueStatus(this.#pool);
  }
}

/** @throws BallastError INPUT_INVALID. */
function checkStatus({ status }: RunFilter): void {
  if (status === undefined || RUN_STATUSES.includes(status)) return;
  throw new BallastError("INPUT_INVALID", `A run's status is one of ${RUN_STATUSES.join(", ")}, not ${status as string}.`);
}
