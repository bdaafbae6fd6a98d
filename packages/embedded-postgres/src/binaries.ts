import { spawnSync } from "node:child_process";
import { cpSync, existsSync, lchownSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type { Account } from "./account.ts";
import { startError } from "./embedded-postgres-error.ts";

/** The major version of the binaries in the lockfile; a data folder of another one cannot be opened by them. */
export const EMBEDDED_MAJOR_VERSION = 18;

export type Binaries = { readonly initdb: string; readonly postgres: string };

/**
 * The binaries, copied into the private run folder where they cannot be executed in place: by another account below a
 * private home, or because the package's install script, which makes its symbolic links, was not allowed to run.
 */
export function binariesFor(account: Account | undefined, runFolder: string, native = locateNativeFolder()): Binaries {
  if (canUse(native, account)) return binariesIn(native);
  const copy = join(runFolder, "native");
  rmSync(copy, { recursive: true, force: true });
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  completeSymlinks(copy);
  if (account !== undefined) giveAway(copy, account);
  return binariesIn(copy);
}

export function locateNativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), "native");
  } catch (cause) {
    throw startError(`There is no Postgres for ${process.platform} ${process.arch}: the package ${name} is not installed.`, cause);
  }
}

function binariesIn(native: string): Binaries {
  const binaries = { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
  if (!existsSync(binaries.postgres)) throw startError(`${binaries.postgres} is missing: install again.`);
  return binaries;
}

/** Asked of the system by trying, since a folder above, an access list or a mount option may each forbid it. */
function canUse(native: string, account: Account | undefined): boolean {
  const script = 'test -x "$0/bin/postgres" && test -r "$0/share/postgresql/postgres.bki" && "$0/bin/postgres" --version';
  return spawnSync("/bin/sh", ["-c", script, native], { cwd: "/", stdio: "ignore", ...account }).status === 0;
}

/** npm packages carry no symbolic links: these list theirs in a file, with paths from the package's folder. */
function completeSymlinks(native: string): void {
  const list = readFileSync(join(native, "pg-symlinks.json"), "utf8");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

function giveAway(folder: string, account: Account): void {
  lchownSync(folder, account.uid, account.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
}
