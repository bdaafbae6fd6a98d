import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const TOKENS = `
create table api_tokens (
  name text primary key,
  scope text not null check (scope in ('read', 'run', 'administer')),
  hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz
);
comment on table api_tokens is 'Who may use the API, and for what. hash: SHA-256 of the token, which is kept nowhere.';`;

export const apiTokensMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(TOKENS).execute(database);
  },
};
