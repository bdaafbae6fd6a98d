import type { EventBatch } from "@ballast/core/events";
import type { Pool } from "../../database/index.ts";
import { readEvents } from "../../event-store/index.ts";
import { LruMap } from "../cache/lru-map.ts";

/** Batches kept for readers at the same place; one of 65,536 events takes 2.7 MB. */
const REMEMBERED_BATCHES = 24;

/**
 * The logs of runs, read once for all who follow them at the same place. A reader keeps no batch between two steps but
 * asks again, so that any number of slow readers takes no more memory than this cache.
 */
export class SharedLog {
  private readonly pool: Pool;
  private readonly batches = new LruMap<string, Promise<EventBatch | undefined>>(REMEMBERED_BATCHES);

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** The stored events from a position (included) to the end of a commit; undefined if there are none yet. */
  async batchFrom(logId: number, position: number): Promise<EventBatch | undefined> {
    const key = `${logId}:${position}`;
    const known = this.batches.get(key);
    if (known !== undefined) return await known;
    const reading = this.read(logId, position);
    this.batches.set(key, reading);
    try {
      const batch = await reading;
      // Nothing yet is no fact about the log: only what is stored stays as it is.
      if (batch === undefined) this.batches.delete(key);
      return batch;
    } catch (error) {
      this.batches.delete(key);
      throw error;
    }
  }

  private async read(logId: number, position: number): Promise<EventBatch | undefined> {
    for await (const batch of readEvents(this.pool, logId, { from: position })) return batch;
    return undefined;
  }
}
