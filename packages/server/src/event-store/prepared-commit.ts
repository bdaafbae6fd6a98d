import { assert } from "@ballast/core/assert";
import type { EventBatch } from "@ballast/core/events";
import { MAX_COMMIT_EVENTS } from "./commit-columns.ts";
import { encodeColumns, type EncodedColumns } from "./codec/encode-columns.ts";
import type { PlaneBuffers } from "./codec/plane-buffers.ts";
import type { DigestChain } from "./digest-chain.ts";

/**
 * A commit ready to be stored. Plain data: a worker may prepare it and post it to the thread that speaks to Postgres.
 */
export type PreparedCommit = EncodedColumns & {
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly firstTimeNs: number;
  readonly lastTimeNs: number;
  /** Event codes that occur, ascending, and how often each does. */
  readonly types: readonly number[];
  readonly typeCounts: readonly number[];
  /** VMs that events concern, ascending; 0 stands for the host. */
  readonly vms: readonly number[];
  readonly firstTextId: number;
  readonly texts: readonly string[];
  /** Digest of the run up to the event before, and up to the last event. */
  readonly previousDigest: string;
  readonly digest: string;
  /** 32 bytes for each digest block that ends within this commit. */
  readonly blockDigests: Uint8Array<ArrayBuffer>;
};

/**
 * Encodes a batch and carries the run's digest chain on. The batch must follow the chain's position; it is not used after this. The
 * planes are to be given back to the buffers when the commit is stored.
 */
export function prepareCommit(batch: EventBatch, chain: DigestChain, buffers?: PlaneBuffers): PreparedCommit {
  requireStorable(batch);
  const previousDigest = chain.digest();
  const blockDigests = chain.update(batch);
  const textCount = batch.firstTextId - 1 + batch.texts.length;
  assert(
    chain.textCount === textCount,
    () =>
      `the batch ${batch.firstPosition}-${batch.lastPosition} brings texts up to ${textCount}, but its events mention them up to ${chain.textCount}`,
  );
  const { types, typeCounts } = countTypes(batch);
  return {
    firstPosition: batch.firstPosition,
    lastPosition: batch.lastPosition,
    firstTimeNs: batch.timesNs[0] ?? 0,
    lastTimeNs: batch.timesNs[batch.length - 1] ?? 0,
    types,
    typeCounts,
    vms: listVms(batch),
    firstTextId: batch.firstTextId,
    texts: batch.texts.slice(),
    ...encodeColumns(batch, buffers),
    previousDigest,
    digest: chain.digest(),
    blockDigests,
  };
}

/** Postgres keeps no NUL in a text, and UTF-8 no half of a surrogate pair: they would come back changed, or not at all. */
function requireStorable(batch: EventBatch): void {
  assert(batch.length > 0, "a commit holds at least one event");
  assert(batch.length <= MAX_COMMIT_EVENTS, () => `a commit holds at most ${MAX_COMMIT_EVENTS} events, not ${batch.length}`);
  batch.texts.forEach((text, index) => {
    const isStorable = !text.includes("\0") && text.isWellFormed();
    assert(isStorable, () => `text ${batch.firstTextId + index} has a NUL or half a character: ${JSON.stringify(text.slice(0, 60))}`);
  });
}

function countTypes(batch: EventBatch): { types: number[]; typeCounts: number[] } {
  const counts = new Int32Array(256);
  for (let i = 0; i < batch.length; i++) counts[batch.types[i] ?? 0]!++;
  const types: number[] = [];
  const typeCounts: number[] = [];
  counts.forEach((count, type) => {
    if (count === 0) return;
    types.push(type);
    typeCounts.push(count);
  });
  return { types, typeCounts };
}

/** VMs are numbered from 1 as they come. */
const FEW_VMS = 4_096;

function listVms({ vms, length }: EventBatch): number[] {
  const isAmong = new Uint8Array(FEW_VMS);
  const others = new Set<number>();
  for (let i = 0; i < length; i++) {
    const vm = vms[i]!;
    if (vm >= 0 && vm < FEW_VMS) isAmong[vm] = 1;
    else others.add(vm);
  }
  const found = [...others];
  isAmong.forEach((isFound, vm) => {
    if (isFound === 1) found.push(vm);
  });
  return found.sort((left, right) => left - right);
}
