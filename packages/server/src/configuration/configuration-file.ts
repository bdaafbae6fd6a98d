import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BallastError } from "@ballast/core/errors";

export const CONFIGURATION_FILE = "ballast.config.json";

export type ConfigurationFile = { readonly path: string; readonly content: Readonly<Record<string, unknown>> };

/** The first ballast.config.json found in the folders, or undefined. Throws INPUT_INVALID if it holds no JSON object. */
export function readConfigurationFile(folders: readonly string[]): ConfigurationFile | undefined {
  for (const folder of folders) {
    const path = join(folder, CONFIGURATION_FILE);
    const text = readIfThere(path);
    if (text !== undefined) return { path, content: parseObject(path, text) };
  }
  return undefined;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new BallastError("INPUT_INVALID", `${path} cannot be read: ${(cause as Error).message}.`, { cause });
  }
}

function parseObject(path: string, text: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new BallastError("INPUT_INVALID", `${path} is not JSON: ${(cause as Error).message}.`, { cause });
  }
  if (typeof content === "object" && content !== null && !Array.isArray(content)) return { ...content };
  throw new BallastError("INPUT_INVALID", `${path} must hold a JSON object, like { "port": 4000 }.`);
}
