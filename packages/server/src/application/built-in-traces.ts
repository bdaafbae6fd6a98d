import type { Pool } from "../database/index.ts";
import { importBuiltInTraces, listBuiltInTraces, listTraces } from "../traces/index.ts";

/** Imports the repository's recordings that are missing: half a second for each the first time, later nothing. */
export async function ensureBuiltInTraces(pool: Pool, onProgress: (message: string) => void, signal?: AbortSignal): Promise<void> {
  const kept = new Set((await listTraces(pool)).map(({ name }) => name));
  const missing = (await listBuiltInTraces()).filter(({ name }) => !kept.has(name));
  if (missing.length === 0) return;
  onProgress(`Importing recordings of real programs: ${missing.map(({ name }) => name).join(", ")}`);
  await importBuiltInTraces(pool, signal === undefined ? {} : { signal });
}
