import { statSync } from "node:fs";
import { startError } from "./embedded-postgres-error.ts";

/** The user that Postgres runs as where that is not the one who starts it. */
export type Account = { readonly uid: number; readonly gid: number };

/** "nobody" on Linux and the like; it needs no entry in the password file. */
const NOBODY: Account = { uid: 65534, gid: 65534 };

/**
 * Postgres refuses to run as root. Root therefore runs it as the owner of the data, or as nobody where there are none
 * yet. Everybody else runs it as themselves (undefined), and must own the data.
 */
export function accountFor(dataFolder: string, ownUid: number = process.getuid?.() ?? 0): Account | undefined {
  const owner = ownerOf(dataFolder);
  if (ownUid === 0) return owner === undefined || owner.uid === 0 ? NOBODY : owner;
  if (owner === undefined || owner.uid === ownUid) return undefined;
  throw startError(
    `The Postgres data in ${dataFolder} belong to user ${owner.uid}, but this is user ${ownUid}. ` +
      "Start as that user or as root, or give the folder away with chown -R, or choose another data folder.",
  );
}

function ownerOf(folder: string): Account | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats === undefined ? undefined : { uid: stats.uid, gid: stats.gid };
}
