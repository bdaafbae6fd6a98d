import { spawn } from "node:child_process";
import { chownSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { STAGING_PREFIX, type ClusterFolder } from "./cluster-folder.ts";
import { diskFullError, startError } from "./embedded-postgres-error.ts";
import { dataFolderArgument, spawnOptions } from "./spawn-options.ts";

/** The superuser and the database that every connection string names. */
export const DATABASE_USER = "ballast";
export const DATABASE_NAME = "ballast";

/** A client that reaches the socket in its private folder is trusted; loopback TCP asks for the password. */
const INITDB_ARGUMENTS = [
  `--username=${DATABASE_USER}`,
  "--auth-local=trust",
  "--auth-host=scram-sha-256",
  "--encoding=UTF8",
  // The built-in locale sorts the same on every machine, whatever locales are installed.
  "--locale=C",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
];

export type InitialiseOptions = {
  readonly folder: ClusterFolder;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  readonly durable: boolean;
};

/** Makes an empty cluster in `folder.data`, which must not exist yet. */
export async function initialiseCluster(options: InitialiseOptions): Promise<void> {
  const { folder, account } = options;
  mkdirSync(folder.staging, { mode: 0o700 });
  if (account !== undefined) chownSync(folder.staging, account.uid, account.gid);
  try {
    await runInitdb(options);
    renameSync(folder.staging, folder.data);
  } catch (error) {
    rmSync(folder.staging, { recursive: true, force: true });
    throw error;
  }
}

/** Clusters that killed processes had begun. Such an initdb may still be writing: it fails then, or leaves a rest. */
export function removeInterruptedClusters({ root }: ClusterFolder): void {
  for (const name of readdirSync(root)) {
    if (name.startsWith(STAGING_PREFIX)) rmSync(join(root, name), { recursive: true, force: true });
  }
}

async function runInitdb({ folder, binaries, account, durable }: InitialiseOptions): Promise<void> {
  const sync = durable ? [] : ["--no-sync"];
  const commandLine = ["-D", dataFolderArgument(account, folder.staging), ...INITDB_ARGUMENTS, ...sync];
  const child = spawn(binaries.initdb, commandLine, {
    ...spawnOptions(account, folder.staging),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<number | NodeJS.Signals | Error>((resolve) => {
    child.once("error", resolve);
    child.once("close", (code, signal) => resolve(code ?? signal ?? 0));
  });
  const [complaints, outcome] = await Promise.all([text(child.stderr), ended]);
  if (outcome === 0) return;
  if (complaints.includes("No space left on device")) {
    throw diskFullError(`The disk became full while a Postgres cluster was made in ${folder.root}.`);
  }
  const end = outcome instanceof Error ? outcome.message : `it ended with ${outcome}`;
  throw startError(`initdb could not make a Postgres cluster in ${folder.root}: ${end}. ${complaints.trim()}`);
}
