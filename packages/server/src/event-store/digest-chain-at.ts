import { assert } from "@ballast/core/assert";
import type { EventBatch } from "@ballast/core/events";
import type { Pool } from "pg";
import { DigestChain, DIGEST_BLOCK_EVENTS, DIGEST_BYTES } from "./digest-chain.ts";
import { headersOf } from "./contiguous-commits.ts";
import { readRecordedEvents } from "./read-events.ts";
import { cutSegments, loadSegments } from "./run-segments.ts";
import { maxStringId } from "./text-columns.ts";

/** A run's digest chain as it stood after a position, and the simulated time there. */
export type ChainAt = { readonly chain: DigestChain; readonly timeNs: number };

/**
 * Made from the stored digest of the last complete block and the events of at most two commits. The position must not be
 * above the head.
 * @throws BallastError HISTORY_DAMAGED if one of these commits is.
 */
export async function digestChainAt(pool: Pool, run: number, position: number): Promise<ChainAt> {
  const blockEnd = position - (position % DIGEST_BLOCK_EVENTS);
  const block = blockEnd === 0 ? undefined : await findBlock(pool, run, blockEnd);
  let chain = new DigestChain();
  let timeNs = 0;
  for await (const batch of readRecordedEvents(pool, run, { from: block?.commitFirst ?? 1, to: position })) {
    timeNs = batch.timesNs[batch.length - 1] ?? timeNs;
    if (block !== undefined && batch.firstPosition <= blockEnd) {
      const texts = maxStringId(batch, 0, blockEnd - batch.firstPosition + 1, batch.firstTextId - 1);
      chain = DigestChain.afterBlock(blockEnd, block.digest, texts);
    }
    chain.update(restAfter(batch, chain));
  }
  return { chain, timeNs };
}

/** The events after the chain's position up to another, with the texts that they are the first to mention. */
export function restAfter(batch: EventBatch, chain: DigestChain, last = batch.lastPosition): EventBatch {
  const part = batch.slice(chain.lastPosition + 1 - batch.firstPosition, last + 1 - batch.firstPosition);
  const lastText = maxStringId(part, 0, part.length, chain.textCount);
  part.texts = batch.texts.slice(chain.textCount + 1 - batch.firstTextId, lastText + 1 - batch.firstTextId);
  part.firstTextId = chain.textCount + 1;
  return part;
}

type StoredBlock = { commitFirst: number; digest: Uint8Array };

async function findBlock(pool: Pool, run: number, blockEnd: number): Promise<StoredBlock> {
  const [segment] = cutSegments(await loadSegments(pool, run), blockEnd, blockEnd);
  assert(segment !== undefined, () => `no segment of run ${run} holds position ${blockEnd}`);
  for await (const commit of headersOf(pool, run, segment)) {
    const blocksBefore = Math.floor((commit.firstPosition - 1) / DIGEST_BLOCK_EVENTS);
    const at = (blockEnd / DIGEST_BLOCK_EVENTS - blocksBefore - 1) * DIGEST_BYTES;
    return { commitFirst: commit.firstPosition, digest: commit.blockDigests.subarray(at, at + DIGEST_BYTES) };
  }
  throw new Error(`position ${blockEnd} of run ${run} is above its head`);
}
