import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { z } from "zod";
import { ByteReader } from "../traces/byte-reader.ts";
import { backupInvalid } from "./backup-error.ts";
import {
  FORMAT_VERSION,
  MAGIC,
  type Manifest,
  MAX_STORED_BYTES,
  type Part,
  PART_BYTES,
  PART_HEADER_BYTES,
  PART_KINDS,
  partCrc,
  type PartHeader,
} from "./backup-format.ts";

const expand = promisify(zstdDecompress);

const Manifest = z.object({
  format: z.int(),
  ballast: z.string(),
  createdAt: z.string(),
  postgres: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.object({ name: z.string(), type: z.string() })) })),
  runs: z.int(),
  comparisons: z.int(),
  traces: z.int(),
  commands: z.int(),
  approximateBytes: z.number(),
});
const Format = z.object({ format: z.int() });
const End = z.object({ rows: z.array(z.int()), sha256: z.string() });

/**
 * Reads a backup as a stream, in bounded memory. A part is given only once its checksum is right; the backup is known to be
 * whole only once `finish` has come back.
 */
export class BackupReader {
  readonly #file: string;
  readonly #reader: ByteReader;
  readonly #hash = createHash("sha256");
  #number = 0;
  #crc = 0;
  #next: Part | undefined;
  /** Hex; over every byte before the end part, once that was read. */
  #hashBeforeEnd: string | undefined;

  /** `file` names the source in errors. */
  constructor(file: string, bytes: AsyncIterable<Uint8Array>) {
    this.#file = file;
    this.#reader = new ByteReader(bytes);
  }

  /** Bytes of the file that were read. */
  get position(): number {
    return this.#reader.position;
  }

  /** @throws BallastError BACKUP_INVALID for what is no backup, or one of a later format. */
  async readManifest(): Promise<Manifest> {
    const start = await this.#reader.take(MAGIC.length);
    if (!MAGIC.equals(start)) throw this.#invalid("byte 0", describeForeign(start));
    this.#hash.update(start);
    const part = await this.#readPart();
    if (part.kind !== "manifest") throw this.#invalid("part 0", `it is of the kind ${part.kind}, not the manifest`);
    const json = this.#parse(part, Format.loose());
    if (json.format !== FORMAT_VERSION) {
      throw this.#invalid("part 0", `the file has format ${json.format}, and this Ballast reads ${FORMAT_VERSION}: use a newer one`);
    }
    return this.#parse(part, Manifest);
  }

  /** The pieces of a table's rows; tables come in the manifest's order. */
  async *rowsOf(table: number): AsyncGenerator<Uint8Array> {
    for (;;) {
      const part = await this.#peek();
      if (part.kind !== "rows" || part.table !== table) return;
      this.#next = undefined;
      yield part.bytes;
    }
  }

  /** Reads the end and sees that nothing follows. Gives how many rows each table has. */
  async finish(): Promise<readonly number[]> {
    const part = await this.#peek();
    if (part.kind !== "end") {
      throw this.#invalid(`part ${this.#number - 1}`, `rows of table ${part.table} stand where the end was expected`);
    }
    const { rows, sha256 } = this.#parse(part, End);
    if (this.#hashBeforeEnd !== sha256) {
      throw this.#invalid("the end", "the SHA-256 over the file is not the one that stands in it");
    }
    const further = await this.#reader.peek(1);
    if (further.length > 0) throw this.#invalid(`byte ${this.position}`, "further bytes follow the end of the backup");
    return rows;
  }

  async close(): Promise<void> {
    await this.#reader.close();
  }

  async #peek(): Promise<Part> {
    this.#next ??= await this.#readPart();
    return this.#next;
  }

  async #readPart(): Promise<Part> {
    const at = this.position;
    const where = `part ${this.#number} at byte ${at}`;
    const headerBytes = await this.#reader.take(PART_HEADER_BYTES);
    const header = headerBytes.length === PART_HEADER_BYTES ? decodeHeader(headerBytes) : undefined;
    if (headerBytes.length < PART_HEADER_BYTES) throw this.#cutShort(where);
    if (header === undefined) throw this.#damaged(where, "its header holds what no part has");
    const stored = await this.#reader.take(header.storedBytes);
    if (stored.length < header.storedBytes) throw this.#cutShort(where);
    const view = Buffer.from(headerBytes);
    if (view.readUInt32LE(0) !== this.#number || view.readUInt32LE(16) !== partCrc(headerBytes, this.#crc, stored)) {
      throw this.#damaged(where, "its checksum does not match");
    }
    if (header.kind === "end") this.#hashBeforeEnd = this.#hash.copy().digest("hex");
    this.#hash.update(headerBytes).update(stored);
    this.#crc = view.readUInt32LE(16);
    this.#number++;
    return { kind: header.kind, table: header.table, bytes: await this.#expand(where, stored, header.rawBytes) };
  }

  async #expand(where: string, stored: Uint8Array, rawBytes: number): Promise<Uint8Array> {
    try {
      const bytes = await expand(stored, { maxOutputLength: Math.max(rawBytes, 1) });
      if (bytes.length === rawBytes) return bytes;
    } catch {
      // Told below: what zstd says is of no use to people.
    }
    throw this.#damaged(where, `it does not expand to the ${rawBytes} bytes that it says`);
  }

  #parse<Schema extends z.ZodType>({ bytes, kind }: Part, schema: Schema): z.infer<Schema> {
    try {
      return schema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
    } catch (cause) {
      throw backupInvalid(this.#file, `the ${kind}`, "it is not of the form that this Ballast writes", { cause });
    }
  }

  #cutShort(where: string): Error {
    return this.#invalid(where, "the file ends within it: it was cut short, or is still being written");
  }

  #damaged(where: string, what: string): Error {
    return this.#invalid(where, `${what}: the file was damaged after it was written`);
  }

  #invalid(where: string, found: string): Error {
    return backupInvalid(this.#file, where, found);
  }
}

/** Undefined for what no part can have. */
function decodeHeader(bytes: Uint8Array): PartHeader | undefined {
  const header = Buffer.from(bytes);
  const kind = PART_KINDS[header.readUInt8(4)];
  const [storedBytes, rawBytes] = [header.readUInt32LE(8), header.readUInt32LE(12)];
  const isPossible = storedBytes <= MAX_STORED_BYTES && rawBytes <= PART_BYTES && header.readUInt16LE(6) === 0;
  return kind === undefined || !isPossible ? undefined : { kind, table: header.readUInt8(5), storedBytes, rawBytes };
}

/** Files that people take for a backup, by how they begin. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ["\x1f\x8b", "it is compressed with gzip: expand it first (gzip -dc FILE | ballast restore -)"],
  ["\x28\xb5\x2f\xfd", "it is compressed with zstd: expand it first (zstd -dc FILE | ballast restore -)"],
  ["\xfd7zXZ", "it is compressed with xz: expand it first (xz -dc FILE | ballast restore -)"],
  ["PGDMP", "it is a dump of pg_dump: restore it with pg_restore"],
  ["--\n-- Pos", "it is an SQL dump: restore it with psql"],
];

function describeForeign(start: Uint8Array): string {
  if (start.length === 0) return "the file is empty";
  if (MAGIC.subarray(0, start.length).equals(start)) return "the file ends within its first bytes: it was cut short";
  const text = Buffer.from(start).toString("latin1");
  const known = FOREIGN.find(([begin]) => text.startsWith(begin));
  return known?.[1] ?? `it is no backup of Ballast: it begins with the bytes ${Buffer.from(start).toString("hex")}`;
}
