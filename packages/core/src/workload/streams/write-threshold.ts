import { AccessKind } from "../../events/index.ts";
import type { Prng } from "../../prng/index.ts";
import type { AccessBuffer } from "../access-stream.ts";

/** A 32-bit draw below this is a write. 0 and 2^32 decide without a draw. */
export function writeThreshold(writeRatio: number): number {
  return Math.round(writeRatio * 0x1_0000_0000);
}

const ALWAYS_WRITES = 0x1_0000_0000;

/** Kinds of the first `count` accesses, for a workload whose pages need no randomness. */
export function fillKinds(buffer: AccessBuffer, count: number, threshold: number, prng: Prng): void {
  const { kinds } = buffer;
  if (threshold === 0) kinds.fill(AccessKind.Load, 0, count);
  else if (threshold === ALWAYS_WRITES) kinds.fill(AccessKind.Store, 0, count);
  else {
    for (let i = 0; i < count; i++) kinds[i] = prng.nextUint32() < threshold ? AccessKind.Store : AccessKind.Load;
  }
}

/** The kind of one access, for a workload whose pages are drawn too. */
export function drawKind(threshold: number, prng: Prng): number {
  if (threshold === 0) return AccessKind.Load;
  if (threshold === ALWAYS_WRITES) return AccessKind.Store;
  return prng.nextUint32() < threshold ? AccessKind.Store : AccessKind.Load;
}
