import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Counters came between others, and keyframes know theirs by place: those of older runs go. Until `ballast rebuild` makes
 * them again, a moment of such a run is replayed from the beginning. Read models name their figures, and look after
 * themselves.
 */
export const keyframesAnewMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw("truncate keyframes, keyframe_parts").execute(database);
  },
};
