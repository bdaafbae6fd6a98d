import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";
import { setTimeout as sleep } from "node:timers/promises";
import { databaseError } from "../database/database-error.ts";
import { PROJECTION_LAYOUT } from "../database/layouts.ts";
import { fillNextRun } from "../event-store/index.ts";
import { rebuildStaleKeyframes, RunTexts } from "../history/index.ts";
import { projectStep } from "./project-run.ts";
import { type RebuildProgress, StaleRuns } from "./stale-runs.ts";

export type ProjectionRunnerOptions = {
  /** How often to look for events that are not projected yet; 250 ms if not given. */
  readonly pollMs?: number;
  /** Called with what keeps it from working; it retries. */
  readonly onError?: (error: unknown) => void;
  /** Hears how far it is with what another version left; nothing where there is nothing of it. */
  readonly onRebuild?: (progress: RebuildProgress) => void;
};

/** An attempt that a full disk undoes costs work and space: while there is trouble, pauses double up to this. */
const MAX_PAUSE_MS = 5_000;

/**
 * Keeps the read models of all runs up to date, in every server process: two of them share the runs that have something
 * to do. Live series and decisions lag behind the log by about one poll.
 */
export class ProjectionRunner {
  private readonly pool: Pool;
  private readonly texts: RunTexts;
  private readonly pollMs: number;
  private readonly onError: (error: unknown) => void;
  private readonly onRebuild: (progress: RebuildProgress) => void;
  private stale: StaleRuns | undefined;
  private troubles = 0;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(pool: Pool, options: ProjectionRunnerOptions = {}) {
    this.pool = pool;
    this.texts = new RunTexts(pool);
    this.pollMs = options.pollMs ?? 250;
    this.onError = options.onError ?? (() => undefined);
    this.onRebuild = options.onRebuild ?? (() => undefined);
  }

  start(): void {
    this.running ??= this.loop();
  }

  /** Ends after the step at hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async loop(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      if (!(await this.round())) await this.pause();
    }
  }

  /** One step of every run that needs one; false if nothing is left to do now. */
  private async round(): Promise<boolean> {
    let hasMore = false;
    let isTroubled = false;
    try {
      await this.findStaleRuns();
      for (const run of await this.runsBehind()) {
        if (this.stopping.signal.aborted) return false;
        const outcome = await this.step(run);
        await this.reportRebuild();
        hasMore ||= outcome === "more";
        isTroubled ||= outcome === "trouble";
      }
    } catch (error) {
      this.onError(error);
      isTroubled = true;
      hasMore = false;
    }
    this.troubles = isTroubled ? this.troubles + 1 : 0;
    return hasMore || (!isTroubled && ((await this.fillChecksums()) || (await this.rebuildStaleKeyframes())));
  }

  /** Throws what the next run would meet as well; a run that cannot be read keeps no other one waiting. */
  private async step(run: number): Promise<"more" | "done" | "trouble"> {
    try {
      const result = await projectStep(this.pool, this.texts, run);
      return !result.isBusy && result.hasMore ? "more" : "done";
    } catch (error) {
      const code = error instanceof BallastError ? error.code : "INTERNAL";
      if (code === "RUN_NOT_FOUND") return "done";
      if (code.startsWith("DATABASE_")) throw error;
      this.onError(error);
      return "trouble";
    }
  }

  private async runsBehind(): Promise<number[]> {
    try {
      const { rows } = await this.pool.query<{ id: number }>(
        `select r.id from runs r left join projection_states p on p.root_run_id = r.root_run_id and p.run_id = r.id
         where r.head_position > coalesce(p.position, 0) or p.layout <> $1 order by r.id limit 100`,
        [PROJECTION_LAYOUT],
      );
      return rows.map((row) => row.id);
    } catch (error) {
      throw databaseError(error);
    }
  }

  private async findStaleRuns(): Promise<void> {
    if (this.stale !== undefined) return;
    this.stale = await StaleRuns.find(this.pool);
    if (this.stale.atStart !== undefined) this.onRebuild(this.stale.atStart);
  }

  private async reportRebuild(): Promise<void> {
    const progress = await this.stale?.advance();
    if (progress !== undefined) this.onRebuild(progress);
  }

  /** Of one run at a time that a version before checksums stored; false if there are none. */
  private async fillChecksums(): Promise<boolean> {
    try {
      const isFilled = await fillNextRun(this.pool, this.stopping.signal);
      await this.reportRebuild();
      return isFilled;
    } catch (error) {
      if (!this.stopping.signal.aborted) this.onError(error);
      return false;
    }
  }

  /** Those of another layout, of one run at a time; false if there are none. */
  private async rebuildStaleKeyframes(): Promise<boolean> {
    try {
      const isRebuilt = await rebuildStaleKeyframes(this.pool);
      await this.reportRebuild();
      return isRebuilt;
    } catch (error) {
      this.onError(error);
      return false;
    }
  }

  private async pause(): Promise<void> {
    const pauseMs = Math.min(this.pollMs * 2 ** this.troubles, Math.max(this.pollMs, MAX_PAUSE_MS));
    await sleep(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
