import type { Pool } from "pg";
import { type Damage, HistoryDamagedError } from "../database/checksums/index.ts";
import { type LogCheck, LogReader } from "./log-reader.ts";
import { nameOfRun, remedyFor } from "./run-damage.ts";
import { hasIntactHead, readHead } from "./run-head.ts";
import { cutSegments, fetchSegments } from "./run-segments.ts";

/**
 * Everything that is damaged of a run's log, ancestors' events included, by ascending position: its segments and its head,
 * commits that are missing or do not match their checksums, digests of commits and blocks that the events do not give.
 * @throws BallastError RUN_NOT_FOUND; the signal's reason when it aborts.
 */
export async function* logDamages(pool: Pool, run: number, check: LogCheck = {}): AsyncGenerator<Damage, void, void> {
  try {
    const head = await readHead(pool, run);
    const segments = cutSegments(await fetchSegments(pool, run), 1, head.position);
    const log = new LogReader(pool, run, check);
    for (const segment of segments) for await (const found of log.read(segment)) if (found.damage !== undefined) yield found.damage;
    if (!(await hasIntactHead(pool, run))) yield await headDamage(pool, run, head.position);
  } catch (error) {
    if (!(error instanceof HistoryDamagedError)) throw error;
    yield error.damage;
  }
}

async function headDamage(pool: Pool, run: number, position: number): Promise<Damage> {
  const remedy = `Readers go by the last commit instead, and the run cannot be continued. ${remedyFor(await nameOfRun(pool, run))}`;
  const what = "does not match its checksum";
  return { owner: { run }, part: "head", positions: { first: position, last: position }, what, remedy };
}
