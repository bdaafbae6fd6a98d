import type { Account } from "./account.ts";

/**
 * Postgres gets its data folder as its current folder. The child changes to it while it is still root, so that it may
 * lie under folders that the account cannot pass, such as a home with mode 0700.
 */
export function spawnOptions(account: Account | undefined, dataFolder: string) {
  // Of the environment only what the binaries need: PG* variables of the caller would change what they do.
  const env = { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  return { cwd: dataFolder, env, ...account };
}

/**
 * What follows `-D`. On Linux the kernel's link to the current folder leads there without passing through the folders
 * above; everywhere else the account must be able to pass them.
 */
export function dataFolderArgument(account: Account | undefined, dataFolder: string): string {
  return account !== undefined && process.platform === "linux" ? "/proc/self/cwd" : dataFolder;
}
