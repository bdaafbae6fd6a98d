import { chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account } from "./account.ts";
import { startError } from "./embedded-postgres-error.ts";

const PREFIX = "ballast-pg-";
/** As Postgres names them; a lock file ends in `.lock`. */
const SOCKET_PREFIX = ".s.PGSQL.";

/** A Unix socket's path holds 103 bytes on macOS, 107 on Linux; Postgres appends `/.s.PGSQL.65535`. */
const MAX_SOCKET_FOLDER_LENGTH = 103 - "/.s.PGSQL.65535".length;

/**
 * A private folder for the sockets: only the account that runs Postgres (and root) can reach them. The folder that a
 * killed server left is used again, so that its clients find the next one at the same address.
 */
export function provideRunFolder(account: Account | undefined, previous: string | undefined): string {
  if (previous !== undefined && isPrivateTo(account, previous)) return previous;
  const fits = join(tmpdir(), `${PREFIX}XXXXXX`).length <= MAX_SOCKET_FOLDER_LENGTH;
  const folder = mkdtempSync(join(fits ? tmpdir() : "/tmp", PREFIX));
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return folder;
}

/** The same folder again, for clients that know no other. */
export function restoreRunFolder(account: Account | undefined, folder: string): void {
  if (isPrivateTo(account, folder)) return;
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    throw startError(`The folder ${folder} for Postgres' sockets cannot be made again: ${(cause as Error).message}.`, cause);
  }
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
}

/** Removes the sockets that a killed server has left. Returns their ports, and those of links to them. */
export function takeSockets(folder: string): number[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(SOCKET_PREFIX));
  for (const name of names) rmSync(join(folder, name), { force: true });
  return names.map((name) => Number(name.slice(SOCKET_PREFIX.length))).filter((port) => Number.isInteger(port));
}

/** Where another program has taken a port meanwhile: clients that know the former one find the new server's socket. */
export function linkSockets(folder: string, formerPorts: readonly number[], port: number): void {
  for (const former of formerPorts) {
    if (former !== port) symlinkSync(`${SOCKET_PREFIX}${port}`, join(folder, `${SOCKET_PREFIX}${former}`));
  }
}

export function removeRunFolder(folder: string | undefined): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

/** Anybody may have made a folder of that name once the system had emptied its temporary folder. */
function isPrivateTo(account: Account | undefined, folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  const owner = account?.uid ?? process.getuid?.();
  return stats !== undefined && stats.isDirectory() && stats.uid === owner && (stats.mode & 0o077) === 0;
}
