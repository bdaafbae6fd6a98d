import { BallastError } from "../../errors/index.ts";
import { required } from "../../reading/object.ts";
import { patterned } from "../../reading/text.ts";
import type { TraceReader } from "../../trace/index.ts";
import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import type { StreamPart } from "../streams/stream-part.ts";
import { simpleKind, type StreamSources } from "../workload-kind.ts";
import { shared } from "./fields.ts";

/**
 * A recorded trace, several times over. Keeps a copy of the block it is in: a reader's own blocks are used again as
 * soon as other streams ask for theirs, and expanding a block anew at every filling would cost 16 times.
 */
class TraceStream implements StreamPart {
  readonly idleNs = 0;
  private readonly reader: TraceReader;
  private readonly times: number;
  /** Of the buffer's element type, so that filling it copies memory and converts nothing. */
  private readonly pages: Int32Array;
  /** The same memory, of the reader's element type. */
  private readonly asRead: Uint32Array;
  private readonly kinds: Uint8Array;
  private round = 0;
  private blockIndex = 0;
  private offset = 0;
  private blockLength = 0;
  /** The block that the copy holds; -1 for none. */
  private copied = -1;

  constructor(reader: TraceReader, times: number) {
    this.reader = reader;
    this.times = times;
    const length = Math.min(reader.referencesPerBlock, reader.referenceCount);
    this.asRead = new Uint32Array(length);
    this.pages = new Int32Array(this.asRead.buffer);
    this.kinds = new Uint8Array(length);
  }

  fill(buffer: AccessBuffer): number {
    let filled = 0;
    while (filled < buffer.pages.length && this.round < this.times && this.reader.referenceCount > 0) {
      filled = this.fillFromBlock(buffer, filled);
    }
    return filled === 0 ? STREAM_ENDED : filled;
  }

  private fillFromBlock(buffer: AccessBuffer, start: number): number {
    if (this.copied !== this.blockIndex) this.copyBlock();
    const count = Math.min(buffer.pages.length - start, this.blockLength - this.offset);
    const end = this.offset + count;
    buffer.pages.set(this.pages.subarray(this.offset, end), start);
    buffer.kinds.set(this.kinds.subarray(this.offset, end), start);
    this.offset = end;
    if (this.offset === this.blockLength) this.goToNextBlock();
    return start + count;
  }

  private copyBlock(): void {
    const block = this.reader.block(this.blockIndex);
    this.asRead.set(block.pages.subarray(0, block.length));
    this.kinds.set(block.kinds.subarray(0, block.length));
    this.blockLength = block.length;
    this.copied = this.blockIndex;
  }

  private goToNextBlock(): void {
    this.offset = 0;
    this.blockIndex += 1;
    if (this.blockIndex < this.reader.blockCount) return;
    this.blockIndex = 0;
    this.round += 1;
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
