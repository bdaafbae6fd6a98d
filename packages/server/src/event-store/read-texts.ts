import type { Pool } from "pg";
import { headersOf } from "./contiguous-commits.ts";
import { damagedLog } from "./run-damage.ts";
import { readHead } from "./run-head.ts";
import { loadSegments, type RunSegment } from "./run-segments.ts";
import { fetchHeaders } from "./stored-commit.ts";

/**
 * The run's texts from one id on, at most up to another, by ascending id.
 * @throws BallastError RUN_NOT_FOUND; HISTORY_DAMAGED if a commit that brings one of them is damaged or missing.
 */
export async function readTexts(pool: Pool, run: number, firstId = 1, lastId = Number.MAX_SAFE_INTEGER): Promise<string[]> {
  const { textCount } = await readHead(pool, run);
  const texts: string[] = [];
  for (const segment of await loadSegments(pool, run)) {
    const next = firstId + texts.length;
    const last = Math.min(segment.lastTextId, lastId, textCount);
    if (next > last) continue;
    texts.push(...(await textsOf(pool, run, segment, { first: next, last })));
  }
  return texts;
}

type TextRange = { readonly first: number; readonly last: number };

/** Commits per fetch, without their events. */
const ROWS = 256;

async function textsOf(pool: Pool, run: number, segment: RunSegment, { first, last }: TextRange): Promise<string[]> {
  const texts: string[] = [];
  for (let key = segment.firstPosition, isEnd = false; !isEnd && first + texts.length <= last;) {
    const query = { segment: { ...segment, firstPosition: key }, limit: ROWS };
    const fetched = await fetchHeaders(pool, { ...query, texts: { first: first + texts.length, last } });
    for (const row of fetched.rows) {
      const skipped = first + texts.length - row.firstTextId;
      if (skipped < 0) throw await lostTexts(pool, run, segment);
      texts.push(...row.texts.slice(skipped, Math.max(last - row.firstTextId + 1, 0)));
    }
    isEnd = fetched.count < ROWS;
    key = fetched.lastKey + 1;
  }
  if (first + texts.length <= last) throw await lostTexts(pool, run, segment);
  return texts;
}

/** The error with the positions of the commit that is damaged or missing, which no text says. */
async function lostTexts(pool: Pool, run: number, segment: RunSegment): Promise<Error> {
  const head = await readHead(pool, run);
  try {
    for await (const _ of headersOf(pool, run, segment));
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  const last = Math.min(head.position, segment.lastPosition);
  return await damagedLog(pool, { run, part: "commit", first: segment.firstPosition, last, what: "lacks a text" });
}
