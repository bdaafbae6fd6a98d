import { BallastError } from "../../errors/index.ts";
import type { Prng } from "../../prng/index.ts";
import { optional, required } from "../../reading/object.ts";
import { refined } from "../../reading/reader.ts";
import { choice } from "../../reading/scalars.ts";
import { patterned } from "../../reading/text.ts";
import type { TraceBlock, TraceReader } from "../../trace/index.ts";
import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import type { StreamPart } from "../streams/stream-part.ts";
import { simpleKind, type StreamSources } from "../workload-kind.ts";
import { shared } from "./fields.ts";

/**
 * A recorded trace, several times over, each round from one of its references to the one before that: behind the last reference
 * comes the first. It keeps the block it is in: other streams that read the same trace are elsewhere in it.
 */
class TraceStream implements StreamPart {
  readonly idleNs = 0;
  private readonly reader: TraceReader;
  private readonly times: number;
  /** Where each round begins and ends. */
  private readonly startBlock: number;
  private readonly startOffset: number;
  private round = 0;
  private blockIndex: number;
  private offset: number;
  private block: TraceBlock | undefined;
  /** Index of the block that is kept; -1 for none. */
  private keptIndex = -1;

  constructor(reader: TraceReader, times: number, startReference: number) {
    this.reader = reader;
    this.times = times;
    this.startBlock = Math.floor(startReference / reader.blockReferences);
    this.startOffset = startReference % reader.blockReferences;
    this.blockIndex = this.startBlock;
    this.offset = this.startOffset;
  }

  fill(buffer: AccessBuffer): number {
    let filled = 0;
    while (filled < buffer.pages.length && this.round < this.times && this.reader.referenceCount > 0) {
      filled += this.fillFromBlock(buffer, filled);
    }
    return filled === 0 ? STREAM_ENDED : filled;
  }

  private fillFromBlock(buffer: AccessBuffer, start: number): number {
    const block = this.currentBlock();
    const count = Math.min(buffer.pages.length - start, this.endInBlock(block) - this.offset);
    const mayPack = buffer.acceptsPacked && block.slices !== null && count === buffer.pages.length;
    if (mayPack) buffer.packed = { block, first: this.offset };
    else block.expand(this.offset, count, buffer, start);
    this.offset += count;
    if (this.offset === block.length) this.goToNextBlock();
    if (this.blockIndex === this.startBlock && this.offset === this.startOffset) this.round += 1;
    return count;
  }

  /** Where the round or the block ends, whichever is first. */
  private endInBlock(block: TraceBlock): number {
    return this.blockIndex === this.startBlock && this.offset < this.startOffset ? this.startOffset : block.length;
  }

  private currentBlock(): TraceBlock {
    if (this.block === undefined || this.keptIndex !== this.blockIndex) this.block = this.reader.block(this.blockIndex);
    this.keptIndex = this.blockIndex;
    return this.block;
  }

  private goToNextBlock(): void {
    this.offset = 0;
    this.blockIndex += 1;
    if (this.blockIndex < this.reader.blockCount) return;
    this.blockIndex = 0;
    // Asked for again, a block of a reader may be one whose slices are known.
    this.keptIndex = -1;
  }

  restart(): void {
    this.round = 0;
    this.blockIndex = this.startBlock;
    this.offset = this.startOffset;
  }

  save(): readonly number[] {
    return [this.round, this.blockIndex, this.offset];
  }

  load(saved: readonly number[]): void {
    [this.round = 0, this.blockIndex = 0, this.offset = 0] = saved;
  }
}

const traceName = patterned(
  "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$",
  "a trace's name of 1 to 100 letters, digits and . _ -, beginning with a letter or digit",
);

/** Absent where it is the first reference, so that scenarios that do not name it are as they were before there was a choice. */
const startAt = refined(choice(["first", "random"]), (start) => (start === "first" ? undefined : start));

export const trace = simpleKind({
  description: "A recorded trace, `times` times over.",
  fields: {
    trace: required(traceName, "The trace's name."),
    times: shared.times,
    startAt: optional(
      startAt,
      "The reference with which each round begins: first, or random: one drawn from the seed, each equally likely and the same in " +
        "every round. Behind the last reference comes the first, so that a round makes every reference once. Default: first.",
    ),
  },
  createStream: ({ trace: name, times, startAt: start }, sources, { starts }) => {
    const reader = findTrace(name, sources);
    return new TraceStream(reader, times, start === "random" ? drawStart(reader, starts) : 0);
  },
  countAccesses: (workload, { traces }) => (traces.get(workload.trace)?.referenceCount ?? 0) * workload.times,
  seededPart: (workload) => (workload.startAt === "random" ? "start" : null),
  countPages: () => undefined,
  trace: (workload) => workload.trace,
});

function drawStart({ referenceCount }: TraceReader, starts: Prng): number {
  return referenceCount === 0 ? 0 : starts.nextBelowSafe(referenceCount);
}

function findTrace(name: string, { traces }: StreamSources): TraceReader {
  const reader = traces.get(name);
  if (reader !== undefined) return reader;
  const known = [...traces.keys()].join(", ") || "none";
  throw new BallastError("TRACE_NOT_FOUND", `The workload reads the trace "${name}"; there are: ${known}.`);
}
