import type { Pool, PoolClient, QueryResultRow } from "pg";
import { databaseError } from "./database-error.ts";

/** The rows of a statement. @throws BallastError DATABASE_UNREACHABLE, DATABASE_FULL. */
export async function query<Row extends QueryResultRow>(
  client: Pool | PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  try {
    const { rows } = await client.query<Row>(text, [...values]);
    return rows;
  } catch (error) {
    throw databaseError(error);
  }
}
