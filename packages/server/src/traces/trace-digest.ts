import { createHash } from "node:crypto";
import type { OriginalPages } from "@ballast/core/trace";
import { littleEndianBytes } from "./little-endian.ts";

const NAME_END = Uint8Array.of(0);

/**
 * SHA-256 over a trace's content in a form that depends neither on its format nor on how it is stored: each reference
 * as u32 (page * 4 + kind), then the names of the pages, where they have some, each with a zero behind it, then the lower
 * and the upper halves of the original pages as u32, then both counts as u64; little-endian.
 */
export class TraceDigest {
  readonly #hash = createHash("sha256");
  #referenceCount = 0;

  addReferences(references: Uint32Array): void {
    this.#hash.update(littleEndianBytes(references));
    this.#referenceCount += references.length;
  }

  /** Adds the name of the next page, after all references. */
  addPageName(name: Uint8Array): void {
    this.#hash.update(name).update(NAME_END);
  }

  /** Ends the digest and gives it in hex. */
  finish(pages: OriginalPages): string {
    this.#hash.update(littleEndianBytes(pages.low));
    this.#hash.update(littleEndianBytes(pages.high));
    const counts = Buffer.alloc(16);
    counts.writeBigUInt64LE(BigInt(this.#referenceCount), 0);
    counts.writeBigUInt64LE(BigInt(pages.low.length), 8);
    return this.#hash.update(counts).digest("hex");
  }
}
