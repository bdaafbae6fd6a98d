import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Builds the page of the sources as they are, unless that was done. @throws Error with the build's output. */
export function buildPage(): void {
  const script = join(import.meta.dirname, "../../scripts/build-page.js");
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}
