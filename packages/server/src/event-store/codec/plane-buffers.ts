/** Buffers that are kept: one per commit that may be on its way, and one that is being filled. */
const MAX_SPARES = 3;
/** Part by which a new buffer is larger than asked for, so that the next commit finds room in it. */
const HEADROOM = 1 / 8;

/**
 * Memory of the byte planes of commits that are stored, for the next ones. Megabytes that are asked for with every commit make the
 * collector mark the whole heap every few commits.
 */
export class PlaneBuffers {
  readonly #spares: Uint8Array<ArrayBuffer>[] = [];

  /** So many bytes that hold anything. */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    const at = this.#spares.findIndex(({ length }) => length >= bytes);
    const [spare] = at < 0 ? [] : this.#spares.splice(at, 1);
    return (spare ?? new Uint8Array(Math.ceil(bytes * (1 + HEADROOM)))).subarray(0, bytes);
  }

  /** Call when nobody looks at what was taken any more. */
  give({ buffer }: Uint8Array<ArrayBuffer>): void {
    if (buffer.byteLength === 0) return;
    this.#spares.push(new Uint8Array(buffer));
    if (this.#spares.length > MAX_SPARES) this.#spares.shift();
  }
}
