import { BallastError } from "../../errors/index.ts";
import { required } from "../../reading/object.ts";
import { patterned } from "../../reading/text.ts";
import type { TraceBlock, TraceReader } from "../../trace/index.ts";
import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import type { StreamPart } from "../streams/stream-part.ts";
import { simpleKind, type StreamSources } from "../workload-kind.ts";
import { shared } from "./fields.ts";

/** A recorded trace, several times over. It keeps the block it is in: other streams that read the same trace are elsewhere in it. */
class TraceStream implements StreamPart {
  readonly idleNs = 0;
  private readonly reader: TraceReader;
  private readonly times: number;
  private round = 0;
  private blockIndex = 0;
  private offset = 0;
  private block: TraceBlock | undefined;
  /** Index of the block that is kept; -1 for none. */
  private keptIndex = -1;

  constructor(reader: TraceReader, times: number) {
    this.reader = reader;
    this.times = times;
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
    const count = Math.min(buffer.pages.length - start, block.length - this.offset);
    const mayPack = buffer.acceptsPacked && block.slices !== null && count === buffer.pages.length;
    if (mayPack) buffer.packed = { block, first: this.offset };
    else block.expand(this.offset, count, buffer, start);
    this.offset += count;
    if (this.offset === block.length) this.goToNextBlock();
    return count;
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
    this.round += 1;
    // Asked for again, a block of a reader may be one whose slices are known.
    this.keptIndex = -1;
  }

  restart(): void {
    this.round = 0;
    this.blockIndex = 0;
    this.offset = 0;
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

export const trace = simpleKind({
  description: "A recorded trace, `times` times over.",
  fields: { trace: required(traceName, "The trace's name."), times: shared.times },
  createStream: (workload, sources) => new TraceStream(findTrace(workload.trace, sources), workload.times),
  countAccesses: (workload, { traces }) => (traces.get(workload.trace)?.referenceCount ?? 0) * workload.times,
  countPages: () => undefined,
  trace: (workload) => workload.trace,
});

function findTrace(name: string, { traces }: StreamSources): TraceReader {
  const reader = traces.get(name);
  if (reader !== undefined) return reader;
  const known = [...traces.keys()].join(", ") || "none";
  throw new BallastError("TRACE_NOT_FOUND", `The workload reads the trace "${name}"; there are: ${known}.`);
}
