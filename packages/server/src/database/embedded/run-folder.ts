import { chownSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account } from "./account.ts";

const PREFIX = "ballast-pg-";

/** A Unix socket's path holds 103 bytes on macOS, 107 on Linux; Postgres appends `/.s.PGSQL.65535`. */
const LONGEST_SOCKET_FOLDER = 103 - "/.s.PGSQL.65535".length;

/** A private folder for the sockets: only the account that runs Postgres (and root) can reach them. */
export function createRunFolder(account: Account | undefined): string {
  const fits = join(tmpdir(), `${PREFIX}XXXXXX`).length <= LONGEST_SOCKET_FOLDER;
  const folder = mkdtempSync(join(fits ? tmpdir() : "/tmp", PREFIX));
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return folder;
}
