import { assert } from "@ballast/core/assert";
import type { EventBatch } from "@ballast/core/events";
import { createHash, type Hash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { DigestBlock } from "./digest-block.ts";
import { maxStringId } from "./text-columns.ts";

/** Events per block of the chain: fixed, so that the digest does not depend on where commits begin and end. */
export const DIGEST_BLOCK_EVENTS = 8_192;
export const DIGEST_BYTES = 32;
/** Added to the number of texts of a block whose events name decisions: a column more follows. */
const NAMES_DECISIONS = 2 ** 31;
/** The digest of a run without events. */
export const EMPTY_DIGEST = "00".repeat(DIGEST_BYTES);

type SavedChain = {
  position: number;
  chain: Uint8Array;
  block: Uint8Array;
  texts: string[];
  hashedTexts: number;
  usedTexts: number;
};

/**
 * SHA-256 over a run's events, chained over blocks of 8,192:
 * digest(k) = SHA-256(digest(k-1), events, texts first mentioned in the block), where digest(0) is 32 zero bytes.
 * Canonical bytes, little-endian: number of events and of texts (uint32 each), the columns one after the other (times
 * and d as float64 without negative zero; vm, process, a, b, c as int32; types as bytes), if any event of the block names a
 * decision the column of these (int32; the number of texts is then greater by 2^31), and for each text, by ascending id, its
 * length in bytes (uint32) and its UTF-8 bytes. The digest within a block is that of its events so far.
 */
export class DigestChain {
  private chain: Uint8Array = new Uint8Array(DIGEST_BYTES);
  private readonly block = new DigestBlock(DIGEST_BLOCK_EVENTS);
  private position = 0;
  /** Texts that came with batches and are in no complete block yet. */
  private texts: string[] = [];
  private hashedTexts = 0;
  private usedTexts = 0;

  /** The last position that the digest covers. */
  get lastPosition(): number {
    return this.position;
  }

  /** The highest text id that the events so far mention. */
  get textCount(): number {
    return this.usedTexts;
  }

  /** Takes the next events; returns the digests of the blocks that they complete, 32 bytes each. */
  update(batch: EventBatch): Uint8Array<ArrayBuffer> {
    assert(
      batch.firstPosition === this.position + 1,
      () => `events from position ${batch.firstPosition} cannot follow a digest up to ${this.position}`,
    );
    this.addTexts(batch);
    const completed: Uint8Array[] = [];
    for (let from = 0; from < batch.length;) {
      const end = Math.min(batch.length, from + this.block.room);
      this.block.add(batch, from, end);
      this.usedTexts = maxStringId(batch, from, end, this.usedTexts);
      if (this.block.room === 0) completed.push(this.closeBlock());
      from = end;
    }
    this.position += batch.length;
    return joinDigests(completed);
  }

  /** Hexadecimal digest up to the last event taken. */
  digest(): string {
    return this.block.length === 0 ? Buffer.from(this.chain).toString("hex") : this.hashBlock().digest("hex");
  }

  /** Everything that `restore` needs, below 400 KB unless the block has long texts. */
  save(): Uint8Array {
    const { position, chain, texts, hashedTexts, usedTexts } = this;
    const saved: SavedChain = { position, chain, block: this.block.save(), texts, hashedTexts, usedTexts };
    return serialize(saved);
  }

  static restore(bytes: Uint8Array): DigestChain {
    const saved = deserialize(bytes) as SavedChain;
    const chain = new DigestChain();
    chain.position = saved.position;
    chain.chain = saved.chain;
    chain.block.load(saved.block);
    chain.texts = saved.texts;
    chain.hashedTexts = saved.hashedTexts;
    chain.usedTexts = saved.usedTexts;
    return chain;
  }

  /** A chain that stands at the end of a complete block, whose texts up to `texts` are hashed. */
  static afterBlock(position: number, digest: Uint8Array, texts: number): DigestChain {
    const chain = new DigestChain();
    chain.position = position;
    chain.chain = Uint8Array.from(digest);
    chain.hashedTexts = texts;
    chain.usedTexts = texts;
    return chain;
  }

  private addTexts(batch: EventBatch): void {
    if (batch.texts.length === 0) return;
    const next = this.hashedTexts + this.texts.length + 1;
    assert(batch.firstTextId === next, () => `text ${batch.firstTextId} cannot follow text ${next - 1}`);
    this.texts.push(...batch.texts);
  }

  private closeBlock(): Uint8Array {
    const known = this.hashedTexts + this.texts.length;
    assert(this.usedTexts <= known, () => `an event mentions text ${this.usedTexts}, but only ${known} have come`);
    this.chain = this.hashBlock().digest();
    this.block.clear();
    this.texts.splice(0, this.usedTexts - this.hashedTexts);
    this.hashedTexts = this.usedTexts;
    return this.chain;
  }

  private hashBlock(): Hash {
    const texts = this.texts.slice(0, this.usedTexts - this.hashedTexts);
    const hash = createHash("sha256").update(this.chain);
    const { namesDecisions } = this.block;
    hash.update(Uint32Array.of(this.block.length, namesDecisions ? texts.length + NAMES_DECISIONS : texts.length));
    this.block.hashInto(hash, namesDecisions);
    for (const text of texts) {
      const bytes = Buffer.from(text, "utf8");
      hash.update(Uint32Array.of(bytes.length)).update(bytes);
    }
    return hash;
  }
}

function joinDigests(digests: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(digests.length * DIGEST_BYTES);
  digests.forEach((digest, index) => joined.set(digest, index * DIGEST_BYTES));
  return joined;
}
