import type { TraceBlock, TraceReader } from "../trace/index.ts";

/** The trace with changed blocks. */
export function changed(reader: TraceReader, change: (block: TraceBlock) => TraceBlock): TraceReader {
  const { referenceCount, pageCount, blockCount, blockReferences } = reader;
  return { referenceCount, pageCount, blockCount, blockReferences, block: (index) => change(reader.block(index)) };
}

/** The same, of which nobody knows what its slices touch. */
export function withoutSlices(reader: TraceReader): TraceReader {
  return changed(reader, (block) => ({ length: block.length, slices: null, expand: (...range) => block.expand(...range) }));
}
