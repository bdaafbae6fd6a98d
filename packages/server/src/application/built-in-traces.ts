import type { Pool } from "../database/index.ts";
import { importBuiltInTraces, listBuiltInTraces, listTraces } from "../traces/index.ts";

export type EnsureTracesOptions = {
  /** Only recordings of these names; all of them if not given. */
  readonly names?: Iterable<string>;
  readonly onProgress: (message: string) => void;
  readonly signal?: AbortSignal;
};

/** Imports the repository's recordings that are missing: half a second for each the first time, later nothing. */
export async function ensureBuiltInTraces(pool: Pool, { names, onProgress, ...options }: EnsureTracesOptions): Promise<void> {
  const wanted = names === undefined ? undefined : new Set(names);
  if (wanted?.size === 0) return;
  const kept = new Set((await listTraces(pool)).map(({ name }) => name));
  const missing = (await listBuiltInTraces())
    .map(({ name }) => name)
    .filter((name) => !kept.has(name) && (wanted === undefined || wanted.has(name)));
  if (missing.length === 0) return;
  onProgress(`Importing recordings of real programs: ${missing.join(", ")}`);
  await importBuiltInTraces(pool, { ...options, names: missing });
}
