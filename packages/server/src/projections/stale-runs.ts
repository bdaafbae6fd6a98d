import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { PROJECTION_LAYOUT, TABLE_LAYOUT } from "../database/layouts.ts";

/** How many of the runs whose read models, keyframes or missing checksums another version left have them anew. */
export type RebuildProgress = { readonly doneRuns: number; readonly totalRuns: number };

/** As many reports at most, besides the first and the last. */
const MAX_REPORTS = 10;

type StaleRun = { readonly run: number; readonly position: number };

/** The runs with read models or keyframes of another layout or without checksums, and how many of them are still to be rebuilt. */
export class StaleRuns {
  readonly #pool: Pool;
  readonly #runs: readonly StaleRun[];
  #reportedStep = 0;
  #isDone = false;

  private constructor(pool: Pool, runs: readonly StaleRun[]) {
    this.#pool = pool;
    this.#runs = runs;
  }

  static async find(pool: Pool): Promise<StaleRuns> {
    try {
      const { rows } = await pool.query<StaleRun>(
        `select id as run, head_position as position from runs
         where id in (select run_id from projection_states where layout <> $1)
            or id in (select run_id from keyframes where layout is distinct from $2)
            or id in (select id from unchecked_owners where kind = 'run')`,
        [PROJECTION_LAYOUT, TABLE_LAYOUT],
      );
      return new StaleRuns(pool, rows);
    } catch (error) {
      throw databaseError(error);
    }
  }

  get atStart(): RebuildProgress | undefined {
    return this.#runs.length === 0 ? undefined : { doneRuns: 0, totalRuns: this.#runs.length };
  }

  /** How far it is, if that is a step further than at the last call; a run that was deleted meanwhile is done. */
  async advance(): Promise<RebuildProgress | undefined> {
    const totalRuns = this.#runs.length;
    if (totalRuns === 0 || this.#isDone) return undefined;
    const doneRuns = totalRuns - (await this.#countLeft());
    const step = Math.floor((doneRuns * MAX_REPORTS) / totalRuns);
    if (step <= this.#reportedStep) return undefined;
    this.#reportedStep = step;
    this.#isDone = doneRuns === totalRuns;
    return { doneRuns, totalRuns };
  }

  async #countLeft(): Promise<number> {
    try {
      const { rows } = await this.#pool.query<{ left: number }>(
        `select count(*) as left from unnest($1::bigint[], $2::bigint[]) s(run, position)
         where exists (select from runs where id = s.run) and (
           exists (select from projection_states p where p.run_id = s.run and (p.layout <> $3 or p.position < s.position))
           or exists (select from keyframes k where k.run_id = s.run and k.layout is distinct from $4)
           or exists (select from unchecked_owners u where u.kind = 'run' and u.id = s.run))`,
        [this.#runs.map(({ run }) => run), this.#runs.map(({ position }) => position), PROJECTION_LAYOUT, TABLE_LAYOUT],
      );
      return rows[0]!.left;
    } catch (error) {
      throw databaseError(error);
    }
  }
}
