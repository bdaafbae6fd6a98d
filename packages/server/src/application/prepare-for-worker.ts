import { BallastError } from "@ballast/core/errors";
import type { Client } from "pg";
import { checkServer } from "../database/check-server.ts";
import { migrateToLatest } from "../database/migrate.ts";
import { packageVersion } from "./package-version.ts";

/**
 * Brings the database up to date for a worker, unless processes of another version work on it: their tables are not altered
 * under them, and events of two versions are not mixed.
 * @throws BallastError VERSION_DIFFERS; as `migrateToLatest`.
 */
export async function prepareForWorker(connectionString: string): Promise<void> {
  await checkServer(connectionString, refuseOtherVersions);
  await migrateToLatest(connectionString);
}

async function refuseOtherVersions(client: Client): Promise<void> {
  const { rows: tables } = await client.query<{ present: boolean }>("select to_regclass('workers') is not null as present");
  if (tables[0]?.present !== true) return;
  const own = packageVersion();
  const { rows } = await client.query<{ kind: string; host: string; pid: number; version: string }>(
    "select kind, host, pid, version from workers where version <> $1 and seen_at > now() - interval '15 seconds' order by started_at limit 1",
    [own],
  );
  const [other] = rows;
  if (other === undefined) return;
  throw new BallastError(
    "VERSION_DIFFERS",
    `This is Ballast ${own}, and a ${other.kind} on ${other.host} (process ${other.pid}) executes runs of the same database with ` +
      `${other.version}. Use that version here, or stop the others and start them with this one.`,
  );
}
