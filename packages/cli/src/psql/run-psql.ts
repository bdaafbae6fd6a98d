import { spawn } from "node:child_process";
import { constants } from "node:os";
import { BallastError } from "@ballast/core/errors";
import type { DatabasePlace } from "@ballast/server/application";
import type { Cli } from "../cli.ts";

/** libpq's variables; psql's own ones begin with PSQL and stay. */
const LIBPQ = /^PG(?!_COLOR)/;

/**
 * Runs the psql of PATH on a database until it ends. Returns its exit code, 128 and the signal's number if one ended it.
 * @throws BallastError PSQL_MISSING.
 */
export async function runPsql(cli: Cli, database: DatabasePlace, words: readonly string[]): Promise<number> {
  const child = spawn("psql", words, { stdio: "inherit", cwd: cli.folder, env: environmentFor(cli, database) });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", (cause) => reject(missing(cause)));
    child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
  });
  const takeBack = cli.handOver((signal) => {
    // The terminal has sent it to psql already, which cancels its statement.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
  try {
    return await ended;
  } finally {
    takeBack();
  }
}

/** What the environment says of connections is meant for other servers than the embedded one. */
function environmentFor({ environment }: Cli, { isEmbedded, clientEnvironment }: DatabasePlace): Record<string, string | undefined> {
  const kept = Object.entries(environment).filter(([name]) => !isEmbedded || !LIBPQ.test(name));
  return { ...Object.fromEntries(kept), ...clientEnvironment };
}

function missing(cause: Error): BallastError {
  if ((cause as NodeJS.ErrnoException).code !== "ENOENT")
    return new BallastError("PSQL_MISSING", `psql cannot be run: ${cause.message}`, { cause });
  const what = "There is no psql on PATH. Install Postgres' client (postgresql-client, libpq)";
  return new BallastError("PSQL_MISSING", `${what}, or use another program: \`ballast psql --print-url\` prints the URL.`, { cause });
}
