export { defaultDataFolder } from "./cluster-folder.ts";
export { startEmbeddedPostgres, stopAbandonedPostgres } from "./start-embedded-postgres.ts";
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from "./start-embedded-postgres.ts";
export type { PostgresNotice } from "./keep-running.ts";
