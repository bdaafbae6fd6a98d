import { BallastError, type ErrorCode } from "@ballast/core/errors";
import type { Pool } from "pg";
import { isRunId } from "../run.ts";
import { query } from "../../database/query.ts";

/** Fewer letters of an id tell too little. */
const MIN_PREFIX_LETTERS = 4;
const SHOWN_IDS = 5;
const PREFIX = /^[0-9a-f-]+$/i;

/** What ids are looked up of. */
export type Kept = {
  /** For people, such as "run". */
  readonly what: string;
  readonly notFound: ErrorCode;
  /** Ids, the newest first, as the column `id`. */
  readonly ids: string;
};

export const KEPT_RUNS: Kept = {
  what: "run",
  notFound: "RUN_NOT_FOUND",
  ids: "select public_id as id from run_jobs order by run_id desc",
};

/**
 * The id that people mean: a whole one (which may not exist), the only one that begins so, or `latest`.
 * @throws BallastError INPUT_INVALID for what cannot be an id, or fits several; RUN_NOT_FOUND, EXPERIMENT_NOT_FOUND.
 */
export async function findId(pool: Pool, { what, notFound, ids }: Kept, text: string): Promise<string> {
  if (isRunId(text)) return text.toLowerCase();
  if (text === "latest") return (await newest(pool, ids)) ?? refuse(notFound, `There is no ${what} yet.`);
  requirePrefix(what, text);
  const found = await query<{ id: string }>(pool, `select id from (${ids}) as kept where id::text like $1 limit ${SHOWN_IDS + 1}`, [
    `${text.toLowerCase()}%`,
  ]);
  if (found.length > 1)
    refuse(
      "INPUT_INVALID",
      ambiguous(
        what,
        text,
        found.map(({ id }) => id),
      ),
    );
  return found[0]?.id ?? refuse(notFound, `There is no ${what} whose id begins with "${text}".`);
}

async function newest(pool: Pool, ids: string): Promise<string | undefined> {
  return (await query<{ id: string }>(pool, `${ids} limit 1`))[0]?.id;
}

function requirePrefix(what: string, text: string): void {
  if (PREFIX.test(text) && text.length >= MIN_PREFIX_LETTERS) return;
  const message =
    `"${text}" is not the id of a ${what}: that is a UUID, of which the first letters are enough ` +
    `(at least ${MIN_PREFIX_LETTERS}), or the word latest.`;
  throw new BallastError("INPUT_INVALID", message);
}

function ambiguous(what: string, text: string, found: readonly string[]): string {
  const count = found.length > SHOWN_IDS ? `more than ${SHOWN_IDS}` : String(found.length);
  return `"${text}" begins the ids of ${count} ${what}s (${found.slice(0, SHOWN_IDS).join(", ")}): give more of it.`;
}

function refuse(code: ErrorCode, message: string): never {
  throw new BallastError(code, message);
}
