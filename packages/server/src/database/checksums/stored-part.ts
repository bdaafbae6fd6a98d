import { assert } from "@ballast/core/assert";
import { binaryField, type ColumnType } from "./binary-fields.ts";
import { hashFields } from "./hash-fields.ts";

type StoredColumns = Readonly<Record<string, ColumnType | "bytea">>;

/**
 * A kind of stored row that carries a checksum of itself: which columns it covers, in the order in which they are hashed. The
 * checksum (8 bytes, see `hashFields`) covers all that is read of the row, the columns that say whose and where it is among it,
 * so that a row that was copied to another place is noticed as well.
 */
export class StoredPart<Columns extends StoredColumns = StoredColumns> {
  readonly table: string;
  /** SQL names in the order of hashing. */
  readonly names: readonly (keyof Columns & string)[];
  /** The column of the checksum itself, which follows `names` in `selection`. */
  readonly checksumName: string;
  readonly #types: readonly (ColumnType | "bytea")[];

  constructor(table: string, columns: Columns, checksumName = "checksum") {
    this.table = table;
    this.names = Object.keys(columns);
    this.checksumName = checksumName;
    this.#types = Object.values(columns);
  }

  /** Of a column, as Postgres names it. */
  typeOf(name: keyof Columns & string): string {
    return this.#types[this.names.indexOf(name)]!;
  }

  /** For SQL: all columns that the checksum covers, then the checksum. */
  get selection(): string {
    return [...this.names, this.checksumName].join(", ");
  }

  /**
   * Of a row, by its values in the order of `names`: numbers, strings, arrays, bytes (a bytea, or any field of a row as
   * COPY BINARY gave it), null. A json is given as its text.
   */
  checksum(values: readonly unknown[]): Buffer {
    assert(values.length === this.names.length, () => `${this.table} has ${this.names.length} columns, not ${values.length}`);
    return hashFields(values.map((value, index) => binaryField(this.#types[index]!, value)));
  }

  /** Of a row by its columns' names. */
  checksumOf(row: Readonly<Record<keyof Columns, unknown>>): Buffer {
    return this.checksum(this.names.map((name) => row[name]));
  }

  /**
   * Whether a stored checksum is that of the values. `missing`: there is none, which is in order only for rows that an earlier version
   * stored: see `mayLackChecksum`.
   */
  compare(values: readonly unknown[], checksum: Uint8Array | null | undefined): "equal" | "missing" | "differs" {
    if (checksum === null || checksum === undefined) return "missing";
    // A number beyond 53 bits was never stored, and has lost its last bits when it was read as a float8.
    if (values.some((value) => typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER)) return "differs";
    return this.checksum(values).equals(checksum) ? "equal" : "differs";
  }
}
