import type { EventBatch } from "@ballast/core/events";
import type { Pool } from "pg";
import { type Damage, HistoryDamagedError } from "../database/checksums/index.ts";
import { commitsOf } from "./contiguous-commits.ts";
import { restAfter } from "./digest-chain-at.ts";
import { DIGEST_BLOCK_EVENTS, DIGEST_BYTES, DigestChain } from "./digest-chain.ts";
import { nameOfRun, remedyFor } from "./run-damage.ts";
import type { RunSegment } from "./run-segments.ts";
import type { StoredCommit } from "./stored-commit.ts";
import { maxStringId } from "./text-columns.ts";

export type LogCheck = {
  readonly signal?: AbortSignal | undefined;
  /** Hears up to which position the log is checked. */
  readonly onPosition?: ((position: number) => void) | undefined;
};

/** A commit that is there, or positions that are not; with what is wrong, if anything is. */
export type FoundCommit = { readonly commit?: StoredCommit; readonly damage?: Damage };

/** Reads a run's commits one after the other, compares the digests of each with its events, and continues after those that are damaged. */
export class LogReader {
  readonly #pool: Pool;
  readonly #run: number;
  readonly #check: LogCheck;
  /** Of the events so far; undefined behind damage and within an ancestor's history, up to the next complete block. */
  #chain: DigestChain | undefined;

  constructor(pool: Pool, run: number, check: LogCheck) {
    this.#pool = pool;
    this.#run = run;
    this.#check = check;
  }

  /** Those of a segment. Call it for the segments of a run by ascending position. */
  async *read(segment: RunSegment): AsyncGenerator<FoundCommit, void, void> {
    if (segment.firstPosition === 1) this.#chain = new DigestChain();
    for (let next = segment.firstPosition; next <= segment.lastPosition;) {
      try {
        for await (const commit of commitsOf(this.#pool, this.#run, { ...segment, firstPosition: next }, this.#check.signal)) {
          const what = this.#examine(commit, segment);
          yield what === undefined ? { commit } : { commit, damage: await this.#damage(commit, segment, what) };
          next = commit.lastPosition + 1;
          this.#check.onPosition?.(commit.lastPosition);
        }
        return;
      } catch (error) {
        if (!(error instanceof HistoryDamagedError) || error.damage.positions === undefined) throw error;
        yield { damage: error.damage };
        this.#chain = undefined;
        next = error.damage.positions.last + 1;
      }
    }
  }

  /** What is wrong with a commit; undefined if nothing is. */
  #examine(commit: StoredCommit, segment: RunSegment): string | undefined {
    const batch = commit.decode();
    if (batch === undefined) {
      this.#chain = undefined;
      return "does not match its checksum";
    }
    if (this.#follow(batch, commit, segment)) return undefined;
    this.#chain = undefined;
    return "does not match the digests stored with it";
  }

  /** Takes the commit's events; false if they do not give its digests. Behind damage it begins at the first block that ends in the commit. */
  #follow(whole: EventBatch, commit: StoredCommit, segment: RunSegment): boolean {
    const isCut = commit.lastPosition > segment.lastPosition;
    const isWhole = this.#chain !== undefined;
    this.#chain ??= chainInside(whole, commit);
    const chain = this.#chain;
    if (chain === undefined) return true;
    const blocks = takeEvents(chain, whole, Math.min(commit.lastPosition, segment.lastPosition));
    if (isCut) return true;
    const { blockDigests } = commit;
    const stored = isWhole ? blockDigests : blockDigests.subarray(DIGEST_BYTES);
    return blocks !== undefined && chain.digest() === commit.digest && stored.equals(blocks);
  }

  async #damage({ firstPosition, lastPosition }: StoredCommit, segment: RunSegment, what: string): Promise<Damage> {
    const positions = { first: Math.max(firstPosition, segment.firstPosition), last: Math.min(lastPosition, segment.lastPosition) };
    const remedy = remedyFor(await nameOfRun(this.#pool, this.#run));
    return { owner: { run: this.#run }, part: "commit", positions, what, remedy };
  }
}

/**
 * The digests of the blocks that the events up to a position complete; undefined for events that cannot follow, as damage without a
 * checksum may make them.
 */
function takeEvents(chain: DigestChain, whole: EventBatch, last: number): Uint8Array | undefined {
  try {
    if (chain.lastPosition + 1 === whole.firstPosition && last === whole.lastPosition) return chain.update(whole);
    return chain.update(restAfter(whole, chain, last));
  } catch {
    return undefined;
  }
}

/** The chain as it stood after the first block that ends in a commit, by the digest that is stored for it. */
function chainInside(batch: EventBatch, { firstPosition, lastPosition, blockDigests }: StoredCommit): DigestChain | undefined {
  const blockEnd = Math.ceil(firstPosition / DIGEST_BLOCK_EVENTS) * DIGEST_BLOCK_EVENTS;
  if (blockEnd > lastPosition || blockDigests.length < DIGEST_BYTES) return undefined;
  const texts = maxStringId(batch, 0, blockEnd - firstPosition + 1, batch.firstTextId - 1);
  return DigestChain.afterBlock(blockEnd, blockDigests.subarray(0, DIGEST_BYTES), texts);
}
