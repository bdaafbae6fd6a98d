import { type Pool } from "../database/index.ts";
import { createRunRow, DigestChain, digestChainAt, prepareCommit, RunWriter } from "../event-store/index.ts";
import { KeyframeEncoder, saveKeyframe } from "../history/index.ts";
import type { SyntheticHistory } from "./synthetic-history.ts";

export type StoreOptions = {
  /** Stop at or soon after this position. */
  readonly untilPosition: number;
  readonly eventsPerCommit: number;
  /** Continues this run instead of making one. */
  readonly run?: number;
};

/** Stores a synthetic history as an executor would: commits under a head, keyframes between them. Returns the run. */
export async function storeHistory(pool: Pool, history: SyntheticHistory, options: StoreOptions): Promise<number> {
  const run = options.run ?? (await createRunRow(pool, { status: "completed" }));
  const start = history.machine.position;
  const chain = start === 0 ? new DigestChain() : (await digestChainAt(pool, run, start)).chain;
  const writer = new RunWriter(pool, run, { owner: null, epoch: 0 });
  const encoder = new KeyframeEncoder(start);
  while (history.machine.position < options.untilPosition) {
    await writer.append(prepareCommit(history.next(options.eventsPerCommit), chain));
    const keyframe = encoder.offer(history.machine);
    if (keyframe !== undefined) await saveKeyframe(pool, run, keyframe);
  }
  writer.close();
  return run;
}
