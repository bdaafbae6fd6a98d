/** What is kept per index within a budget of bytes: the last that were put in, or the one last if it alone takes more. */
export class KeptBlocks<Block> {
  readonly #maxBytes: number;
  readonly #kept = new Map<number, { readonly block: Block; readonly bytes: number }>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(index: number): Block | undefined {
    return this.#kept.get(index)?.block;
  }

  /** The index has nothing yet. */
  put(index: number, block: Block, bytes: number): void {
    for (const [oldest, kept] of this.#kept) {
      if (this.#bytes + bytes <= this.#maxBytes) break;
      this.#kept.delete(oldest);
      this.#bytes -= kept.bytes;
    }
    this.#kept.set(index, { block, bytes });
    this.#bytes += bytes;
  }
}
