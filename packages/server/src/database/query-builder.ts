import { type Compilable, DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import type { Pool, PoolClient } from "pg";
import { databaseError } from "./database-error.ts";
import type { DatabaseSchema } from "./schema.ts";

/**
 * Builds statements whose columns and rows the compiler knows. It never connects: `readRows` sends what was built over
 * whatever connection the caller holds, so that a query can be part of the caller's transaction.
 */
export const queries = new Kysely<DatabaseSchema>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** @throws BallastError DATABASE_UNREACHABLE, DATABASE_FULL. */
export async function readRows<Row>(database: Pool | PoolClient, statement: Compilable<Row>): Promise<Row[]> {
  const { sql, parameters } = statement.compile();
  try {
    const { rows } = await database.query(sql, [...parameters]);
    return rows as Row[];
  } catch (error) {
    throw databaseError(error);
  }
}
