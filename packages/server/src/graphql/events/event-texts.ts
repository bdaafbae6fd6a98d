import { LruMap } from "../cache/lru-map.ts";
import type { Pool } from "../../database/index.ts";
import { readTexts } from "../../event-store/index.ts";
import { PageNames } from "../../runs/index.ts";

/** Runs whose texts one process keeps at hand. */
const REMEMBERED_RUNS = 64;

/** The texts of runs, and what their pages are called. Texts only ever grow at the end, so that what is known stays right. */
export class EventTexts {
  readonly pageNames: PageNames;
  private readonly pool: Pool;
  private readonly known = new LruMap<number, string[]>(REMEMBERED_RUNS);

  constructor(pool: Pool) {
    this.pool = pool;
    this.pageNames = new PageNames(pool);
  }

  /** A function from a text's id to the text, for the ids up to `lastId`. */
  async upTo(logId: number, lastId: number): Promise<(id: number) => string> {
    const texts = this.known.get(logId) ?? [];
    if (texts.length < lastId) {
      const before = texts.length;
      const more = await readTexts(this.pool, logId, before + 1);
      // Another request may have added the same ones meanwhile: they are written to their places, not behind the end.
      more.forEach((text, index) => (texts[before + index] = text));
      this.known.set(logId, texts);
    }
    return (id) => (id === 0 ? "" : (texts[id - 1] ?? ""));
  }
}
