import { BallastError } from "@ballast/core/errors";
import type { Configuration } from "../configuration/index.ts";
import { type ConnectionUrl, driverUrl, libpqEnvironment, readConnectionUrl } from "../database/index.ts";
import { type PostgresNotice, startEmbeddedPostgres } from "@ballast/embedded-postgres";

/** Which Postgres is used. */
export type DatabasePlace = {
  /** For programs of this process; may hold a password, or lead over a private socket. */
  readonly connectionString: string;
  /** For people and their programs, with the password: shown to none who has not asked for it. */
  readonly url: string;
  /** What psql and the like take the connection from; the embedded one's socket needs no password. */
  readonly clientEnvironment: Readonly<Record<string, string>>;
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
    const url = parsed(databaseUrl);
    return {
      connectionString: await driverUrl(url),
      url: databaseUrl,
      clientEnvironment: libpqEnvironment(url),
      isEmbedded: false,
      leave: () => Promise.resolve(),
    };
  }
  const postgres = await startEmbeddedPostgres({ dataFolder, onProgress, onNotice });
  return {
    connectionString: postgres.connectionString,
    get url() {
      return postgres.loopbackConnectionString;
    },
    clientEnvironment: libpqEnvironment(parsed(postgres.connectionString)),
    isEmbedded: true,
    leave: () => postgres.stop(),
  };
}

/** The URL was read with the configuration, so that it can be read again. */
function parsed(text: string): ConnectionUrl {
  const reading = readConnectionUrl(text);
  if ("problem" in reading) throw new BallastError("INPUT_INVALID", `DATABASE_URL ${reading.problem}`);
  return reading.url;
}
