import type { Pool } from "pg";
import { readTexts } from "../event-store/index.ts";

/** Runs whose texts are kept. */
const KEPT_RUNS = 50;

/** Texts of runs, read once: they never change, more only come. */
export class RunTexts {
  private readonly pool: Pool;
  private readonly known = new Map<number, readonly string[]>();

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** The run's first `count` texts. */
  async first(run: number, count: number): Promise<readonly string[]> {
    const known = this.known.get(run) ?? [];
    if (known.length >= count) return known.slice(0, count);
    const texts = [...known, ...(await readTexts(this.pool, run, known.length + 1, count))];
    this.known.delete(run);
    this.known.set(run, texts);
    if (this.known.size > KEPT_RUNS) this.known.delete(this.known.keys().next().value ?? run);
    return texts;
  }
}
