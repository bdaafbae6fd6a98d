import { realpathSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname } from "node:path";

/**
 * What the process of a policy may read besides the policy's package: the code that serves the requests, and core, of which
 * policies use parts. Each as it is named and as it is on the disk, for folders of packages are often links.
 */
export const HOST_PATHS: readonly string[] = bothNames([import.meta.dirname, coreFolder()]);

function coreFolder(): string {
  const manifest = findPackageJSON("@ballast/core", import.meta.url);
  if (manifest === undefined) throw new Error("@ballast/core is not installed beside @ballast/server");
  return dirname(manifest);
}

function bothNames(folders: readonly string[]): string[] {
  return [...new Set(folders.flatMap((folder) => [`${folder}/`, `${realpathSync(folder)}/`]))];
}
