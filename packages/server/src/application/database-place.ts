import { BallastError } from "@ballast/core/errors";
import type { Configuration } from "../configuration/index.ts";
import { driverUrl, readConnectionUrl } from "../database/index.ts";
import { type PostgresNotice, startEmbeddedPostgres } from "../database/embedded/index.ts";

/** Which Postgres is used. */
export type DatabasePlace = {
  /** For programs of this process; may hold a password, or lead over a private socket. */
  readonly connectionString: string;
  /** For people with psql: without the password of a Postgres that is theirs. */
  readonly shownConnectionString: string;
  /** Ballast's own, in the data folder. */
  readonly isEmbedded: boolean;
  /** Stops the embedded one unless another process uses it; leaves any other alone. */
  leave(): Promise<void>;
};

/**
 * The embedded one is started again if it ends, which `onNotice` hears of.
 * @throws BallastError DATABASE_START_FAILED, DATABASE_FULL for the embedded one. Nothing is connected yet.
 */
export async function findDatabase(
  { databaseUrl, dataFolder }: Configuration,
  onProgress: (message: string) => void,
  onNotice: (notice: PostgresNotice) => void,
): Promise<DatabasePlace> {
  if (databaseUrl !== undefined) {
    return {
      connectionString: await driverUrlOf(databaseUrl),
      shownConnectionString: withoutPassword(databaseUrl),
      isEmbedded: false,
      leave: () => Promise.resolve(),
    };
  }
  const postgres = await startEmbeddedPostgres({ dataFolder, onProgress, onNotice });
  return {
    connectionString: postgres.connectionString,
    shownConnectionString: postgres.loopbackConnectionString,
    isEmbedded: true,
    leave: () => postgres.stop(),
  };
}

/** The URL was read with the configuration, so that it can be read again. */
async function driverUrlOf(databaseUrl: string): Promise<string> {
  const reading = readConnectionUrl(databaseUrl);
  if ("problem" in reading) throw new BallastError("INPUT_INVALID", `DATABASE_URL ${reading.problem}`);
  return await driverUrl(reading.url);
}

/** The password stands between the first colon after `//` and the `@`, or in the query. */
function withoutPassword(connectionString: string): string {
  return connectionString.replace(/^([a-z]+:\/\/[^:@/?]*):[^@/?]*@/, "$1@").replace(/([?&])password=[^&]*&?/, "$1");
}
