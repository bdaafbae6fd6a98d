import { LruMap } from "../cache/lru-map.ts";
import type { Pool } from "../../database/index.ts";
import { readTexts } from "../../event-store/index.ts";
import { PageNames } from "../../runs/execution.ts";

/** Runs whose texts one process keeps at hand. */
const REMEMBERED_RUNS = 64;

/** The texts of runs, and what their pages are called. Texts only ever grow at the end, so that what is known stays right. */
export class EventTexts {
  readonly pageNames: PageNames;
  private readonly pool: Pool;
  private readonly known = new LruMap<number, readonly string[]>(REMEMBERED_RUNS);
  /** Under way: one of a run at a time, for all who need it. */
  private readonly reading = new Map<number, Promise<void>>();

  constructor(pool: Pool) {
    this.pool = pool;
    this.pageNames = new PageNames(pool);
  }

  /** A function from a text's id to the text, for the ids up to `lastId`. */
  async upTo(logId: number, lastId: number): Promise<(id: number) => string> {
    // A reading that others began may be older than the text that is wanted: after it, look again.
    for (
      let others = this.reading.get(logId);
      others !== undefined && this.textsOf(logId).length < lastId;
      others = this.reading.get(logId)
    ) {
      await others;
    }
    if (this.textsOf(logId).length < lastId) await this.readMore(logId);
    const texts = this.textsOf(logId);
    return (id) => (id === 0 ? "" : (texts[id - 1] ?? ""));
  }

  private textsOf(logId: number): readonly string[] {
    return this.known.get(logId) ?? [];
  }

  private async readMore(logId: number): Promise<void> {
    const texts = this.textsOf(logId);
    const reading = readTexts(this.pool, logId, texts.length + 1)
      .then((more) => this.known.set(logId, [...texts, ...more]))
      .finally(() => this.reading.delete(logId));
    this.reading.set(logId, reading);
    await reading;
  }
}
