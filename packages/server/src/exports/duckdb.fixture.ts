import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

export type DuckRow = Readonly<Record<string, unknown>>;

/** DuckDB, as people who work with the files would ask it. Whole numbers of 64 bits come as bigint. */
export class Duck {
  readonly #connection: DuckDBConnection;

  private constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  static async open(): Promise<Duck> {
    return new Duck(await (await DuckDBInstance.create()).connect());
  }

  async rows(sql: string): Promise<DuckRow[]> {
    return (await this.#connection.runAndReadAll(sql)).getRowObjectsJS();
  }

  close(): void {
    this.#connection.closeSync();
  }
}
