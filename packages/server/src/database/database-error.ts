import { BallastError } from "@ballast/core/errors";

/** The oldest Postgres that the SQL of this package runs on. */
export const OLDEST_POSTGRES_MAJOR = 15;

/** SQLSTATEs after which the connection is gone or was never made, so that the fate of a statement may be unknown. */
const CONNECTION_STATES = new Set([
  "08000",
  "08001",
  "08003",
  "08004",
  "08006",
  "08P01",
  "57P01",
  "57P02",
  "57P03",
  "57P05",
]);
/** SQLSTATEs of a server that answers and refuses the connection. */
const REFUSED_STATES = new Set(["28000", "28P01", "3D000", "53300"]);
/** Operating system errors of a socket. */
const SOCKET_ERRORS = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "EACCES",
]);
/**
 * What Postgres before 18 says, as an internal error, when a disk is too full for even a connection to begin
 * (write_relcache_init_file in its relcache.c).
 */
const FULL_AT_CONNECTION = { code: "XX000", message: "could not write init file" };
/** What pg says without any code when the other side went away. */
const CLOSED =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i;

/** Turns what pg throws into the error a person can act on; anything unexpected comes back as it was. */
export function databaseError(error: unknown): unknown {
  if (error instanceof BallastError) return error;
  const { code, message } = describe(error);
  if (code === "53100" || (code === FULL_AT_CONNECTION.code && message === FULL_AT_CONNECTION.message)) {
    return new BallastError("DATABASE_FULL", `Postgres has no space left (${message}). Free some, or delete runs.`, {
      cause: error,
    });
  }
  if (!isConnectionLoss(error) && !REFUSED_STATES.has(code)) return error;
  const text = `Postgres cannot be reached: ${message}. Check that it runs and what DATABASE_URL says.`;
  return new BallastError("DATABASE_UNREACHABLE", text, { cause: error });
}

/** Whether a statement that failed so may nevertheless have been carried out. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof BallastError) return error.code === "DATABASE_UNREACHABLE";
  const { code, message } = describe(error);
  return CONNECTION_STATES.has(code) || SOCKET_ERRORS.has(code) || (code === "" && CLOSED.test(message));
}

/** Node gathers the failures of all addresses of a host in one AggregateError without a message. */
function describe(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const nested = error instanceof AggregateError ? error.errors[0] : undefined;
  const code = (error as { code?: unknown }).code ?? (nested as { code?: unknown } | undefined)?.code;
  const message = error.message || (nested instanceof Error ? nested.message : "") || error.name;
  return { code: typeof code === "string" ? code : "", message };
}

/** @throws BallastError DATABASE_TOO_OLD with both versions. */
export function requireSupportedVersion(serverVersionNum: number): void {
  const major = Math.floor(serverVersionNum / 10_000);
  if (major >= OLDEST_POSTGRES_MAJOR) return;
  throw new BallastError(
    "DATABASE_TOO_OLD",
    `This Postgres is version ${major}; Ballast needs ${OLDEST_POSTGRES_MAJOR} or newer. Upgrade it, or unset DATABASE_URL to use the embedded one.`,
  );
}
