import type { IntColumn } from "@ballast/core/memory";

/**
 * Memory of columns that are not needed any more, for the next ones of the same length. Tens of megabytes asked of the
 * system for every moment and given back cost more than what is written there: fresh pages to touch, and a garbage
 * collection for every state.
 */
export class SpareBuffers {
  private readonly byLength = new Map<number, ArrayBuffer[]>();
  private readonly maxBytes: number;
  private bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Takes a column's memory over. Code that still holds the column then finds it empty, never another state's numbers. */
  give({ buffer, byteLength }: IntColumn): void {
    const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength > 0;
    if (!isWhole || this.bytes + byteLength > this.maxBytes) return;
    const spares = this.byLength.get(byteLength);
    const spare = buffer.transfer();
    if (spares === undefined) this.byLength.set(byteLength, [spare]);
    else spares.push(spare);
    this.bytes += byteLength;
  }

  /** A copy of a column, in memory that is at hand if there is any. */
  copy(column: IntColumn): IntColumn {
    const spare = this.byLength.get(column.byteLength)?.pop();
    if (spare === undefined) return column.slice();
    this.bytes -= spare.byteLength;
    const copy = viewLike(column, spare);
    copy.set(column);
    return copy;
  }
}

function viewLike(column: IntColumn, buffer: ArrayBuffer): IntColumn {
  if (column instanceof Int32Array) return new Int32Array(buffer);
  return column instanceof Uint32Array ? new Uint32Array(buffer) : new Uint8Array(buffer);
}
