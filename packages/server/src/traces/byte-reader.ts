/**
 * Reads a stream of bytes as they come, looks ahead in it, and takes back what was read too far. The reader always
 * knows how many bytes were read, so that none can be skipped unnoticed.
 */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #waiting: Uint8Array[] = [];
  #position = 0;
  #ended = false;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Bytes read so far, those put back not counted. */
  get position(): number {
    return this.#position;
  }

  /** The next bytes, as many as happen to be there, at least one; undefined at the end. */
  async next(): Promise<Uint8Array | undefined> {
    if (this.#waiting.length === 0) await this.#fetch();
    const bytes = this.#waiting.shift();
    this.#position += bytes?.length ?? 0;
    return bytes;
  }

  /** Puts back the last bytes that were read. */
  unread(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#waiting.unshift(bytes);
    this.#position -= bytes.length;
  }

  /** The next bytes without reading them: as many as asked for, fewer only if there are no more. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#lookahead() < count && !this.#ended) await this.#fetch();
    const [first] = this.#waiting;
    if (first !== undefined && first.length >= count) return first.subarray(0, count);
    return Buffer.concat(this.#waiting).subarray(0, count);
  }

  /** Reads as many bytes as asked for; fewer only if there are no more. */
  async take(count: number): Promise<Uint8Array> {
    const taken = Buffer.from(await this.peek(count));
    let left = taken.length;
    while (left > 0) {
      const bytes = (await this.next()) as Uint8Array;
      this.unread(bytes.subarray(left));
      left -= Math.min(left, bytes.length);
    }
    return taken;
  }

  /** Everything that is left. Ending the loop early closes the stream. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (let bytes = await this.next(); bytes !== undefined; bytes = await this.next()) yield bytes;
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #lookahead(): number {
    return this.#waiting.reduce((sum, { length }) => sum + length, 0);
  }

  /** Brings in one piece that has bytes. */
  async #fetch(): Promise<void> {
    while (!this.#ended) {
      const next = await this.#pieces.next();
      if (next.done === true) this.#ended = true;
      else if (next.value.length > 0) {
        this.#waiting.push(next.value);
        return;
      }
    }
  }
}
