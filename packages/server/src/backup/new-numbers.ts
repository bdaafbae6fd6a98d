import { BallastError } from "@ballast/core/errors";
import { type BinaryRow, readInt8 } from "../database/copy-binary.ts";
import type { PoolClient } from "../database/index.ts";
import { BACKED_UP_TABLES, type BackedUpTable, type NamedNumbering, type Numbering } from "./backed-up-tables.ts";

/** The numbers that runs, traces, comparisons and commands of a backup get in a database, from its own sequences. */
export class NewNumbers {
  /** Ascending, those given out taken away. */
  readonly #reserved: ReadonlyMap<Numbering, number[]>;
  readonly #known = new Map<Numbering, Map<number, number>>();

  private constructor(reserved: ReadonlyMap<Numbering, number[]>) {
    this.#reserved = reserved;
  }

  /**
   * Takes as many numbers as a backup needs.
   * @param schema as SQL writes it.
   */
  static async reserve(client: PoolClient, schema: string, counts: Readonly<Record<Numbering, number>>): Promise<NewNumbers> {
    const reserved = new Map<Numbering, number[]>();
    for (const { name, introduces, numbers } of BACKED_UP_TABLES) {
      const numbering = introduces === undefined ? undefined : numbers[introduces];
      if (numbering === undefined || typeof numbering !== "string") continue;
      const { rows } = await client.query<{ number: number }>(
        "select nextval(pg_get_serial_sequence($1, $2)) as number from generate_series(1, $3) order by 1",
        [`${schema}.${name}`, introduces, counts[numbering]],
      );
      reserved.set(numbering, rows.map(({ number }) => number).toReversed());
    }
    return new NewNumbers(reserved);
  }

  /**
   * How to rewrite the rows of a table: the new numbers instead of the saved ones.
   * @param columns the names of the row's fields.
   */
  rewriter({ numbers, introduces }: BackedUpTable, columns: readonly string[]): (row: BinaryRow) => BinaryRow {
    const places = Object.entries(numbers).map(([column, numbering]) => {
      return { place: columns.indexOf(column), numberingOf: numberingOf(numbering, columns), isNew: column === introduces };
    });
    return (row) => {
      const changed = [...row];
      for (const { place, numberingOf: find, isNew } of places) {
        const field = row[place];
        if (field === null || field === undefined) continue;
        const [numbering, old] = [find(row), readInt8(field)];
        changed[place] = int8(isNew ? this.#introduce(numbering, old) : this.#of(numbering, old));
      }
      return changed;
    };
  }

  #introduce(numbering: Numbering, old: number): number {
    const number = this.#reserved.get(numbering)?.pop();
    if (number === undefined) throw inconsistent(`has more numbers of the kind ${numbering} than it says`);
    const known = this.#known.get(numbering) ?? new Map<number, number>();
    this.#known.set(numbering, known);
    known.set(old, number);
    return number;
  }

  #of(numbering: Numbering, old: number): number {
    const number = this.#known.get(numbering)?.get(old);
    if (number === undefined) throw inconsistent(`refers to the ${numbering} ${old}, which it does not hold`);
    return number;
  }
}

function numberingOf(numbering: Numbering | NamedNumbering, columns: readonly string[]): (row: BinaryRow) => Numbering {
  if (typeof numbering === "string") return () => numbering;
  const place = columns.indexOf(numbering.namedIn);
  return (row) => (row[place]?.toString("utf8") === "trace" ? "trace" : "run");
}

function inconsistent(what: string): BallastError {
  return new BallastError("BACKUP_INVALID", `The backup ${what}. Nothing was restored.`);
}

function int8(number: number): Buffer {
  const field = Buffer.alloc(8);
  field.writeBigInt64BE(BigInt(number));
  return field;
}
