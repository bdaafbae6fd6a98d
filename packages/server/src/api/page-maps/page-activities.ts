import type { PageActivity } from "@ballast/core/kernel";
import type { Application } from "../../application/index.ts";
import { SizedLruMap } from "../cache/sized-lru-map.ts";
import type { MapRequest } from "./page-maps.ts";

/** Of a million frames and as many real pages one takes 18 MB. */
const KEPT_BYTES = 64 * 2 ** 20;

/** When pages were last accessed and which are dirty, at moments of runs; those that were asked for last are kept. */
export class PageActivities {
  readonly #application: Application;
  readonly #kept = new SizedLruMap<string, PageActivity>(KEPT_BYTES);

  constructor(application: Application) {
    this.#application = application;
  }

  /** @throws BallastError as `RunService.activityAt` does; RUN_NOT_FOUND, EVENTS_NOT_KEPT, POSITION_OUT_OF_RANGE. */
  async at({ runId, signal }: MapRequest, position: number): Promise<PageActivity> {
    const { history, runs } = this.#application;
    const { logId } = await runs.getRun(runId);
    await history.positionAt(logId, { position });
    const key = `${logId}/${position}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const activity = await runs.activityAt(runId, position, signal);
    this.#kept.set(key, activity, sizeOf(activity));
    return activity;
  }
}

function sizeOf({ spaces }: PageActivity): number {
  return spaces.reduce((sum, { lastAccessNs, isDirty }) => sum + lastAccessNs.byteLength + isDirty.byteLength, 0);
}
