import { BallastError } from "@ballast/core/errors";
import pg from "pg";
import { connectTimeoutMs } from "./connection-url.ts";
import { databaseError, requireSupportedVersion } from "./database-error.ts";
import { askForTls } from "./probe-postgres.ts";

type ServerRow = {
  readonly version: number;
  readonly database: string;
  readonly role: string;
  readonly encoding: string;
  readonly isStandby: boolean;
  readonly isReadOnly: boolean;
};

/**
 * Connects once, to say what is wrong while it is known that this is the first connection.
 * @throws BallastError DATABASE_UNREACHABLE, DATABASE_TLS_FAILED, DATABASE_LOGIN_REFUSED, DATABASE_NOT_FOUND,
 * DATABASE_BUSY, DATABASE_TOO_OLD, DATABASE_READ_ONLY, DATABASE_ENCODING.
 */
export async function checkServer(connectionString: string): Promise<void>;
/** Then does some work on the same connection, whose result it gives. */
export async function checkServer<Result>(connectionString: string, work: (client: pg.Client) => Promise<Result>): Promise<Result>;
export async function checkServer<Result>(
  connectionString: string,
  work?: (client: pg.Client) => Promise<Result>,
): Promise<Result | undefined> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: connectTimeoutMs(connectionString),
    application_name: "ballast check",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    requireUsable(await describeServer(client));
    const result = await work?.(client);
    await client.end();
    return result;
  } catch (error) {
    // pg leaves the connection open when a login fails on its own side.
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    throw await explain(error, client);
  }
}

async function describeServer(client: pg.Client): Promise<ServerRow> {
  const { rows } = await client.query<ServerRow>(
    `select current_setting('server_version_num')::int as version, current_database() as database,
       current_user as role, current_setting('server_encoding') as encoding, pg_is_in_recovery() as "isStandby",
       current_setting('transaction_read_only') = 'on' as "isReadOnly"`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("Postgres did not describe itself");
  return row;
}

function requireUsable({ version, database, role, encoding, isStandby, isReadOnly }: ServerRow): void {
  requireSupportedVersion(version);
  if (encoding !== "UTF8") {
    const create = "createdb --template=template0 --encoding=UTF8 <name>";
    throw new BallastError(
      "DATABASE_ENCODING",
      `The database ${database} stores text as ${encoding}; Ballast needs UTF8. Make another: \`${create}\`.`,
    );
  }
  if (!isReadOnly) return;
  const reason = isStandby
    ? "it is a standby, which only follows its primary. Name the primary in DATABASE_URL"
    : `default_transaction_read_only is on for the role ${role} or the database ${database}. Switch it off there, or use others`;
  throw new BallastError("DATABASE_READ_ONLY", `Postgres takes no changes: ${reason}.`);
}

/** A connection that ends or stays silent before the login may not lead to Postgres at all. */
async function explain(error: unknown, { host, port }: pg.Client): Promise<unknown> {
  const told = databaseError(error);
  if (!(told instanceof BallastError)) return refusalOf(error);
  const { code } = told.cause instanceof Error ? (told.cause as { code?: unknown }) : {};
  const isSilent = told.code === "DATABASE_UNREACHABLE" && code === undefined;
  if (!isSilent && told.code !== "DATABASE_TLS_FAILED") return told;
  const answer = await askForTls(host, port);
  if (answer.kind === "other") return notPostgres(host, port, `is no Postgres: it answers ${JSON.stringify(answer.bytes)}`, error);
  if (answer.kind === "silent" && isSilent)
    return notPostgres(host, port, "does not answer as Postgres would: it is another program, or it hangs", error);
  return told;
}

function notPostgres(host: string, port: number, how: string, cause: unknown): BallastError {
  const text = `What listens at ${host}:${port} ${how}. Correct host and port in DATABASE_URL.`;
  return new BallastError("DATABASE_UNREACHABLE", text, { cause });
}

/** Postgres ends a connection with FATAL for reasons of its own, such as a database that takes no connections. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) || error.severity !== "FATAL") return error;
  return new BallastError("DATABASE_LOGIN_REFUSED", `Postgres refuses the connection: ${error.message}.`, { cause: error });
}
