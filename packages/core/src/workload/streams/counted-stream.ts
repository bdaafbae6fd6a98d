import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import type { StreamPart } from "./stream-part.ts";

/** A fixed number of accesses, each of which follows from its index and the random stream alone: its only state is how many were made. */
export abstract class CountedStream implements StreamPart {
  readonly idleNs = 0;
  /** Accesses made, without those that `fillNext` is making. */
  protected done = 0;
  private readonly accesses: number;

  constructor(accesses: number) {
    this.accesses = accesses;
  }

  fill(buffer: AccessBuffer): number {
    const count = Math.min(buffer.pages.length, this.accesses - this.done);
    if (count <= 0) return STREAM_ENDED;
    this.fillNext(buffer, count);
    this.done += count;
    return count;
  }

  /** Writes accesses `done` to `done + count` (excluded) to the beginning of the buffer. */
  protected abstract fillNext(buffer: AccessBuffer, count: number): void;

  restart(): void {
    this.done = 0;
  }

  save(): readonly number[] {
    return [this.done];
  }

  load(saved: readonly number[]): void {
    this.done = saved[0] ?? 0;
  }
}
