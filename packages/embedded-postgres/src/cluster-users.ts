import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterFolder } from "./cluster-folder.ts";
import { processIdentity } from "@ballast/processes";

/**
 * Several processes may use one running server (`ballast serve` in one terminal, `ballast verify` in another): each
 * keeps a file here. The last one to leave stops Postgres; a process that was killed counts as gone.
 */
export function addUser(folder: ClusterFolder): string {
  const file = join(folder.users, `${process.pid}-${process.hrtime.bigint()}`);
  writeFileSync(file, processIdentity(process.pid) ?? "");
  return file;
}

/** Says whether anybody is left, and forgets those who are gone. */
export function removeUser(folder: ClusterFolder, userFile: string): { readonly othersRemain: boolean } {
  rmSync(userFile, { force: true });
  return { othersRemain: livingUsers(folder).length > 0 };
}

/** The process ids of those who use the server now; one process may be there more than once. */
export function livingUsers(folder: ClusterFolder): number[] {
  const living: number[] = [];
  for (const name of readdirSync(folder.users)) {
    const file = join(folder.users, name);
    const pid = Number.parseInt(name, 10);
    if (processIdentity(pid) === readIdentity(file)) living.push(pid);
    else rmSync(file, { force: true });
  }
  return living;
}

function readIdentity(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Its owner removed it between the listing and now.
    return "";
  }
}
