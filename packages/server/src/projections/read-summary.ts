import type { RunSummary } from "@ballast/core/projections";
import type { Pool } from "pg";
import { readGroup } from "./read-group.ts";
import { RUN_SUMMARY, SUMMARY_GROUP } from "./read-model-parts.ts";
import { readModels } from "./read-models.ts";

const SUMMARY = RUN_SUMMARY.names.indexOf("summary");

/**
 * A run in a few numbers, as far as its events are projected (`position` says how far); undefined before the first.
 * @throws BallastError RUN_NOT_FOUND; HISTORY_DAMAGED if it is damaged and cannot be made again.
 */
export async function readSummary(pool: Pool, run: number): Promise<RunSummary | undefined> {
  return await readModels(pool, run, async (store) => {
    const [row] = await readGroup(store, SUMMARY_GROUP);
    const text = row?.[SUMMARY]?.toString();
    return text === undefined ? undefined : (JSON.parse(text) as RunSummary);
  });
}
