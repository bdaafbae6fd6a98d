import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The Chromium that is installed on this machine, or the one that CHROMIUM names; undefined: there is none. */
export function findChromium(environment: NodeJS.ProcessEnv): string | undefined {
  if (environment["CHROMIUM"] !== undefined) return environment["CHROMIUM"];
  const folders = (environment["PATH"] ?? "").split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => existsSync(file));
}
