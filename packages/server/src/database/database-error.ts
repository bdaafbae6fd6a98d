import { BallastError } from "@ballast/core/errors";
import { connectionFault } from "./connection-fault.ts";

/** The oldest Postgres that the SQL of this package runs on. */
export const OLDEST_POSTGRES_MAJOR = 15;

/**
 * What Postgres before 18 says, as an internal error, when a disk is too full for even a connection to begin
 * (write_relcache_init_file in its relcache.c).
 */
const FULL_AT_CONNECTION = { code: "XX000", message: "could not write init file" };
/** Errors of the operating system concern Postgres only where they come from a connection. */
const SOCKET_CALLS = new Set(["connect", "getaddrinfo", "read", "write"]);

/** Turns what pg throws into the error a person can act on; anything unexpected comes back as it was. */
export function databaseError(error: unknown): unknown {
  if (error instanceof BallastError) return error;
  const { code, message } = describe(error);
  if (code === "53100" || (code === FULL_AT_CONNECTION.code && message === FULL_AT_CONNECTION.message)) {
    return new BallastError("DATABASE_FULL", `Postgres has no space left (${message}). Free some, or delete runs.`, {
      cause: error,
    });
  }
  const fault = connectionFault(code, message);
  if (fault === undefined) return error;
  return new BallastError(fault.code, `${fault.what}: ${message}. ${fault.advice}`, { cause: error });
}

/** Whether a statement that failed so may nevertheless have been carried out: its connection broke. */
export function isConnectionLoss(error: unknown): boolean {
  const told = databaseError(error);
  return told instanceof BallastError && told.code === "DATABASE_UNREACHABLE";
}

/** Whether it is the database that stands in the way, so that the same work may succeed later. */
export function isDatabaseFault(error: unknown): boolean {
  return error instanceof BallastError && error.code.startsWith("DATABASE_");
}

/** Node gathers the failures of all addresses of a host in one AggregateError without a message. */
function describe(error: unknown): { code: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return describe(error.errors[0]);
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const { code = "", syscall } = error as { code?: unknown; syscall?: unknown };
  const isOfFile = typeof syscall === "string" && (!SOCKET_CALLS.has(syscall) || ("path" in error && syscall !== "connect"));
  return { code: typeof code === "string" && !isOfFile ? code : "file", message: error.message || error.name };
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
