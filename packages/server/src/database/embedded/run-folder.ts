import { chownSync, lstatSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account } from "./account.ts";

const PREFIX = "ballast-pg-";

/** A Unix socket's path holds 103 bytes on macOS, 107 on Linux; Postgres appends `/.s.PGSQL.65535`. */
const LONGEST_SOCKET_FOLDER = 103 - "/.s.PGSQL.65535".length;

/**
 * A private folder for the sockets: only the account that runs Postgres (and root) can reach them. The folder that a
 * killed server left is used again, so that its clients find the next one at the same address.
 */
export function provideRunFolder(account: Account | undefined, previous: string | undefined): string {
  if (previous !== undefined && isPrivateTo(account, previous)) return previous;
  const fits = join(tmpdir(), `${PREFIX}XXXXXX`).length <= LONGEST_SOCKET_FOLDER;
  const folder = mkdtempSync(join(fits ? tmpdir() : "/tmp", PREFIX));
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return folder;
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
