import { assert } from "@ballast/core/assert";
import type { EventBatch } from "@ballast/core/events";
import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { DigestChain, DIGEST_BLOCK_EVENTS, DIGEST_BYTES } from "./digest-chain.ts";
import { readEvents } from "./read-events.ts";
import { cutSegments, loadSegments } from "./run-segments.ts";
import { highestTextId } from "./text-columns.ts";

/** A run's digest chain as it stood after a position, and the simulated time there. */
export type ChainAt = { readonly chain: DigestChain; readonly timeNs: number };

/**
 * Made from the stored digest of the last complete block and the events of at most two commits. The position must not be
 * above the head.
 */
export async function digestChainAt(pool: Pool, run: number, position: number): Promise<ChainAt> {
  const blockEnd = position - (position % DIGEST_BLOCK_EVENTS);
  const block = blockEnd === 0 ? undefined : await findBlock(pool, run, blockEnd);
  let chain = new DigestChain();
  let timeNs = 0;
  for await (const batch of readEvents(pool, run, { from: block?.commitFirst ?? 1, to: position })) {
    timeNs = batch.timesNs[batch.length - 1] ?? timeNs;
    if (block !== undefined && batch.firstPosition <= blockEnd) {
      const texts = highestTextId(batch, 0, blockEnd - batch.firstPosition + 1, batch.firstTextId - 1);
      chain = DigestChain.afterBlock(blockEnd, block.digest, texts);
    }
    chain.update(rest(batch, chain));
  }
  return { chain, timeNs };
}

/** The events after the chain's position, with the texts that they are the first to mention. */
function rest(batch: EventBatch, chain: DigestChain): EventBatch {
  const part = batch.slice(chain.lastPosition + 1 - batch.firstPosition, batch.length);
  const last = highestTextId(part, 0, part.length, chain.textCount);
  part.texts = batch.texts.slice(chain.textCount + 1 - batch.firstTextId, last + 1 - batch.firstTextId);
  part.firstTextId = chain.textCount + 1;
  return part;
}

type StoredBlock = { commitFirst: number; digest: Uint8Array };

async function findBlock(pool: Pool, run: number, blockEnd: number): Promise<StoredBlock> {
  const [segment] = cutSegments(await loadSegments(pool, run), blockEnd, blockEnd);
  assert(segment !== undefined, () => `no segment of run ${run} holds position ${blockEnd}`);
  const commit = await fetchBlockDigests(pool, segment.rootRun, segment.sourceRun, blockEnd);
  assert(commit !== undefined, () => `no commit of run ${segment.sourceRun} holds position ${blockEnd}`);
  const blocksBefore = Math.floor((commit.firstPosition - 1) / DIGEST_BLOCK_EVENTS);
  const at = (blockEnd / DIGEST_BLOCK_EVENTS - blocksBefore - 1) * DIGEST_BYTES;
  return { commitFirst: commit.firstPosition, digest: commit.blockDigests.subarray(at, at + DIGEST_BYTES) };
}

async function fetchBlockDigests(
  pool: Pool,
  rootRun: number,
  sourceRun: number,
  position: number,
): Promise<{ firstPosition: number; blockDigests: Buffer } | undefined> {
  try {
    const { rows } = await pool.query<{ firstPosition: number; blockDigests: Buffer }>(
      `select first_position as "firstPosition", block_digests as "blockDigests" from commits
       where root_run_id = $1 and run_id = $2 and last_position >= $3 order by last_position limit 1`,
      [rootRun, sourceRun, position],
    );
    return rows[0];
  } catch (error) {
    throw databaseError(error);
  }
}
