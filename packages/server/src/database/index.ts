export { databaseError, isConnectionLoss, OLDEST_POSTGRES_MAJOR } from "./database-error.ts";
export { createKysely } from "./kysely.ts";
export { migrate, migrateToLatest } from "./migrate.ts";
export { connect, createPool, inTransaction, type Pool, type PoolClient } from "./pool.ts";
export type { DatabaseSchema } from "./schema.ts";
