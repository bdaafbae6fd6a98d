import { readdirSync } from "node:fs";
import { join } from "node:path";

const MIGRATIONS_FOLDER = join(import.meta.dirname, "migrations");
const MIGRATION_FILE = /^(\d{4}-[a-z0-9-]+)\.[jt]s$/;

/** Of the files of `migrations`, in order: the names in `MIGRATIONS`, which a test holds. */
export function migrationNames(): string[] {
  return readdirSync(MIGRATIONS_FOLDER)
    .flatMap((file) => MIGRATION_FILE.exec(file)?.[1] ?? [])
    .sort();
}
