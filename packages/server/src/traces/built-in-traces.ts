import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Pool } from "../database/index.ts";
import type { BuiltInTrace } from "./built-in-trace-list.ts";
import { importTrace } from "./import-trace.ts";
import type { StoredTrace } from "./stored-trace.ts";

/** The recordings in the repository. A published package comes without them. */
export const BUILT_IN_TRACES_FOLDER = fileURLToPath(new URL("../../../../traces/", import.meta.url));

const LIST_FILE = "traces.json";

/** The recordings that a folder lists; none if there is no such list. */
export async function listBuiltInTraces(folder: string = BUILT_IN_TRACES_FOLDER): Promise<readonly BuiltInTrace[]> {
  const path = join(folder, LIST_FILE);
  try {
    const text = await readFile(path, "utf8");
    // Only where there is a list: the library that checks it has a hundred modules.
    const { readTraceList } = await import("./built-in-trace-list.ts");
    return readTraceList(text);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw new Error(`${path} is not a list of recorded traces`, { cause: error });
  }
}

/**
 * Imports the built-in traces whose names are still free (only those in `names`, if given), by the same way as any
 * other, and gives those imported.
 * Cheap once they are there: servers call it at every start.
 */
export async function importBuiltInTraces(
  pool: Pool,
  options: { readonly folder?: string; readonly names?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<StoredTrace[]> {
  const folder = options.folder ?? BUILT_IN_TRACES_FOLDER;
  const { rows } = await pool.query<{ name: string }>("select name from traces");
  const taken = new Set(rows.map((row) => row.name));
  const imported: StoredTrace[] = [];
  for (const { name, file, description } of await listBuiltInTraces(folder)) {
    if (taken.has(name) || options.names?.includes(name) === false) continue;
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    const { trace } = await importTrace({ pool, source: join(folder, file), name, description, ...signal });
    imported.push(trace);
  }
  return imported;
}
