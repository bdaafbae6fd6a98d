import type { Pool } from "pg";
import { type Damage, HistoryDamagedError } from "../../database/checksums/index.ts";
import { type LogCheck, logDamages, readHead } from "../../event-store/index.ts";
import { PARTS_WITHOUT_LOG, VERIFIABLE_PARTS } from "./verifiable-parts.ts";

/**
 * Everything stored of a run that is not what was written, without executing it: the log with its checksums, positions and digests first,
 * then the other parts.
 * @throws BallastError RUN_NOT_FOUND; the signal's reason when it aborts.
 */
export async function* checkRun(pool: Pool, run: number, check: LogCheck = {}): AsyncGenerator<Damage, void, void> {
  const found = new Set<string>();
  const { figuresOnly } = await readHead(pool, run);
  // A run that keeps only its figures has no log, and nothing that was computed from it.
  const log = figuresOnly === null ? [logDamages(pool, run, check)] : [];
  const others = figuresOnly === null ? VERIFIABLE_PARTS : PARTS_WITHOUT_LOG;
  const parts = [...log, ...others.map((part) => part.damages(pool, run, check.signal))];
  for (const damages of parts)
    for await (const damage of withRefusal(damages)) {
      const told = JSON.stringify(damage);
      if (found.has(told)) continue;
      found.add(told);
      yield damage;
    }
}

/** A part that cannot be read without what is damaged elsewhere, such as the segments of the run, ends with that damage. */
async function* withRefusal(damages: AsyncIterable<Damage>): AsyncGenerator<Damage, void, void> {
  try {
    yield* damages;
  } catch (error) {
    if (!(error instanceof HistoryDamagedError)) throw error;
    yield error.damage;
  }
}
