/** Reads what docs/page-maps.md describes: unsigned LEB128 numbers, and a header of JSON before them. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++]!;
    if (byte < 0x80) return byte;
    let number = byte & 0x7f;
    for (let factor = 0x80; byte >= 0x80; factor *= 0x80) {
      byte = bytes[this.#at++]!;
      number += (byte & 0x7f) * factor;
    }
    if (this.#at > bytes.length) throw new Error("a page map ends within a number");
    return number;
  }

  header(): unknown {
    const length = this.number();
    const json = new TextDecoder().decode(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    return JSON.parse(json);
  }
}
