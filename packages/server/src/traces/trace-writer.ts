import { assert } from "@ballast/core/assert";
import { BallastError } from "@ballast/core/errors";
import { AccessKind } from "@ballast/core/events";
import { BlockEncoder, type OriginalPages, type TraceFormat } from "@ballast/core/trace";
import { PAGE_BYTES } from "@ballast/core/units";
import type { PoolClient } from "../database/index.ts";
import { query } from "../database/query.ts";
import { compressBlock } from "./compression.ts";
import { chunkOriginalPages } from "./original-page-chunks.ts";
import { chunkPageNames } from "./page-name-chunks.ts";
import { type TraceRow, valuesOf } from "./stored-trace.ts";
import { PIECES, TRACE } from "./trace-checks.ts";
import { damagesOfTrace } from "./trace-damages.ts";
import { TraceDigest } from "./trace-digest.ts";

const KIND_COUNT = Object.keys(AccessKind).length;
const KIND_MASK = 3;

/** What is known of a trace once all of it was read. */
export type TraceContent = {
  readonly format: TraceFormat;
  readonly referenceCount: number;
  readonly originalPages: OriginalPages;
  /** The names of the pages by dense number, where an original number does not say all. */
  readonly pageNames?: Iterable<Uint8Array>;
};

const INSERT_TRACE = `
insert into traces (${TRACE.selection})
values (${[...TRACE.names, TRACE.checksumName].map((_name, index) => `$${index + 1}`).join(", ")})
on conflict (name) do nothing
returning *`;

/** Writes one trace within the transaction of its client: nothing of it is seen before that commits. */
export class TraceWriter {
  readonly #client: PoolClient;
  readonly #id: number;
  readonly #name: string;
  readonly #description: string;
  readonly #encoder = new BlockEncoder();
  readonly #digest = new TraceDigest();
  readonly #kindCounts = new Array<number>(KIND_COUNT).fill(0);
  #waiting: Uint8Array[] = [];
  #blockCount = 0;
  #nameChunkCount = 0;
  #storedBytes = 0;

  private constructor(client: PoolClient, id: number, name: string, description: string) {
    this.#client = client;
    this.#id = id;
    this.#name = name;
    this.#description = description;
  }

  static async begin(client: PoolClient, { name, description }: { name: string; description: string }): Promise<TraceWriter> {
    const { rows } = await client.query<{ id: number }>("select nextval(pg_get_serial_sequence('traces', 'id')) as id");
    assert(rows[0] !== undefined, "a sequence gives a number");
    await client.query("savepoint before_trace");
    return new TraceWriter(client, rows[0].id, name, description);
  }

  /** Takes a block of references, each `page * 4 + kind`; `writeBlocks` sends what was taken. */
  addReferences(references: Uint32Array): void {
    this.#digest.addReferences(references);
    for (const reference of references) (this.#kindCounts[reference & KIND_MASK] as number) += 1;
    this.#waiting.push(compressBlock(this.#encoder.encode(references)));
  }

  async writeBlocks(): Promise<void> {
    const blocks = this.#waiting;
    this.#waiting = [];
    for (const block of blocks) {
      await this.#insert("blocks", this.#blockCount, block);
      this.#blockCount += 1;
    }
  }

  /**
   * Makes the trace complete. If one of that name and content was there before, it stays and this one goes,
   * unless that one is damaged.
   * @throws BallastError TRACE_EXISTS if the one of that name has other content.
   */
  async finish(trace: TraceContent): Promise<{ row: TraceRow; written: boolean }> {
    await this.writeBlocks();
    for (const [index, chunk] of [...chunkOriginalPages(trace.originalPages)].entries()) {
      await this.#insert("pages", index, chunk);
    }
    if (trace.pageNames !== undefined) await this.#writePageNames(trace.pageNames);
    const digest = this.#digest.finish(trace.originalPages);
    const row = await this.#insertTrace(trace, digest);
    if (row !== undefined) return { row, written: true };
    const [existing] = await query<TraceRow>(this.#client, "select * from traces where name = $1", [this.#name]);
    if (existing === undefined || (await isDamaged(this.#client, existing))) return await this.#replace(existing, trace, digest);
    if (existing.digest !== digest) refuseOtherContent(existing, trace);
    await this.#client.query("rollback to savepoint before_trace");
    return { row: existing, written: false };
  }

  /** What is damaged is of no more use: the recording takes its place, and runs find it by its content. */
  async #replace(damaged: TraceRow | undefined, trace: TraceContent, digest: string): Promise<{ row: TraceRow; written: boolean }> {
    await this.#client.query("delete from traces where id = $1", [damaged?.id]);
    const row = await this.#insertTrace(trace, digest);
    assert(row !== undefined, () => `the name ${this.#name} is free after its trace was deleted`);
    return { row, written: true };
  }

  async #writePageNames(names: Iterable<Uint8Array>): Promise<void> {
    for (const chunk of chunkPageNames(names, (name) => this.#digest.addPageName(name))) {
      await this.#insert("names", this.#nameChunkCount, chunk);
      this.#nameChunkCount += 1;
    }
  }

  async #insert(kind: keyof typeof PIECES, index: number, payload: Uint8Array): Promise<void> {
    const { check } = PIECES[kind];
    const values = [this.#id, index, payload];
    await this.#client.query(`insert into ${check.table} (${check.selection}) values ($1, $2, $3, $4)`, [
      ...values,
      check.checksum(values),
    ]);
    this.#storedBytes += payload.length;
  }

  async #insertTrace(trace: TraceContent, digest: string): Promise<TraceRow | undefined> {
    const values = valuesOf({
      id: this.#id,
      name: this.#name,
      description: this.#description,
      format: trace.format,
      digest,
      reference_count: trace.referenceCount,
      kind_counts: this.#kindCounts,
      page_count: trace.originalPages.low.length,
      page_bytes: PAGE_BYTES,
      block_count: this.#blockCount,
      stored_bytes: this.#storedBytes,
      name_chunk_count: this.#nameChunkCount,
    });
    const { rows } = await this.#client.query<TraceRow>(INSERT_TRACE, [...values, TRACE.checksum(values)]);
    return rows[0];
  }
}

async function isDamaged(client: PoolClient, row: TraceRow): Promise<boolean> {
  const { done } = await damagesOfTrace(client, row).next();
  return done !== true;
}

function refuseOtherContent(existing: TraceRow, trace: TraceContent): never {
  throw new BallastError(
    "TRACE_EXISTS",
    `A trace named ${existing.name} exists already, with other content: it has ${existing.reference_count} ` +
      `references to ${existing.page_count} pages, this one ${trace.referenceCount} to ` +
      `${trace.originalPages.low.length}. ` +
      "Import this one under another name (`--name`), or delete that one first (`ballast delete trace " +
      `${existing.name}\`, deleteTrace). Nothing was imported.`,
  );
}
