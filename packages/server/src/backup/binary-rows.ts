import { assert } from "@ballast/core/assert";
import type { BinaryRow } from "../database/copy-binary.ts";

/** "PGCOPY\n\377\r\n\0", flags and length of the header's extension, which is empty. */
const HEADER_BYTES = 19;
const END = -1;
/** Encoded rows are passed on in pieces of about this many bytes. */
const PIECE_BYTES = 256 * 1024;

/**
 * Rewrites the rows of a COPY BINARY one by one, in bounded memory: a row at a time, and what a piece holds of the next ones.
 * What is malformed comes out as it is, for Postgres to refuse.
 */
export async function* rewriteRows(pieces: AsyncIterable<Uint8Array>, rewrite: (row: BinaryRow) => BinaryRow): AsyncGenerator<Uint8Array> {
  const window = new Window(pieces[Symbol.asyncIterator]());
  if (!(await window.has(HEADER_BYTES))) return yield* window.rest();
  let out: Uint8Array[] = [window.take(HEADER_BYTES)];
  let length = HEADER_BYTES;
  for (;;) {
    const row = await readRow(window);
    if (row === undefined) break;
    for (const part of encodeRow(rewrite(row))) {
      out.push(part);
      length += part.length;
    }
    if (length < PIECE_BYTES) continue;
    yield Buffer.concat(out);
    [out, length] = [[], 0];
  }
  yield Buffer.concat(out);
  yield* window.rest();
}

/** Undefined at the end, and for what is no row. */
async function readRow(window: Window): Promise<BinaryRow | undefined> {
  if (!(await window.has(2))) return undefined;
  const count = window.int16();
  if (count === END) return undefined;
  const lengths: number[] = [];
  let end = 2;
  for (let field = 0; field < count; field++) {
    if (!(await window.has(end + 4))) return undefined;
    const length = window.int32(end);
    lengths.push(length);
    end += 4 + Math.max(length, 0);
  }
  if (!(await window.has(end))) return undefined;
  return cutFields(window.take(end), lengths);
}

function cutFields(row: Buffer, lengths: readonly number[]): BinaryRow {
  let at = 2;
  return lengths.map((length) => {
    const start = at + 4;
    at = start + Math.max(length, 0);
    return length < 0 ? null : row.subarray(start, at);
  });
}

function encodeRow(row: BinaryRow): Buffer[] {
  const count = Buffer.alloc(2);
  count.writeInt16BE(row.length);
  return [
    count,
    ...row.flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(field?.length ?? -1);
      return field === null ? [length] : [length, field];
    }),
  ];
}

/** What was fetched and not yet taken. */
class Window {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterator<Uint8Array>) {
    this.#pieces = pieces;
  }

  /** Fetches until this many bytes are there; false if there are no more. */
  async has(count: number): Promise<boolean> {
    if (this.#bytes.length >= count) return true;
    const gathered: Uint8Array[] = [this.#bytes];
    for (let length = this.#bytes.length; length < count;) {
      const next = await this.#pieces.next();
      if (next.done === true) {
        this.#bytes = Buffer.concat(gathered);
        return false;
      }
      gathered.push(next.value);
      length += next.value.length;
    }
    this.#bytes = Buffer.concat(gathered);
    return true;
  }

  int16(): number {
    return this.#bytes.readInt16BE(0);
  }

  int32(at: number): number {
    return this.#bytes.readInt32BE(at);
  }

  take(count: number): Buffer {
    assert(count <= this.#bytes.length, "only what was fetched is taken");
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  async *rest(): AsyncGenerator<Uint8Array> {
    if (this.#bytes.length > 0) yield this.take(this.#bytes.length);
    for (let next = await this.#pieces.next(); next.done !== true; next = await this.#pieces.next()) yield next.value;
  }
}
