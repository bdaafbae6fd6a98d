export { type ConnectionUrl, readConnectionUrl } from "./connection-url.ts";
export { databaseError, isDatabaseFault } from "./database-error.ts";
export { driverUrl } from "./driver-url.ts";
export { libpqEnvironment } from "./libpq-environment.ts";
export { ensureTables } from "./ensure-tables.ts";
export { createPool, inTransaction, type Pool, type PoolClient } from "./pool.ts";
export type { DecisionsTable, TracesTable } from "./schema.ts";
