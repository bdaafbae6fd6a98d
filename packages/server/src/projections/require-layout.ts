import type { Pool } from "pg";
import { PROJECTION_LAYOUT } from "../database/layouts.ts";
import { RunTexts } from "../history/index.ts";
import { projectRun } from "./project-run.ts";

/** Makes read models that another version left with figures in other places anew before they are read. */
export async function requireLayout(pool: Pool, run: number): Promise<void> {
  const { rows } = await pool.query<{ layout: string }>("select layout from projection_states where run_id = $1", [run]);
  const layout = rows[0]?.layout;
  if (layout !== undefined && layout !== PROJECTION_LAYOUT) await projectRun(pool, new RunTexts(pool), run);
}
