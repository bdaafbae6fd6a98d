import { EventCode } from "@ballast/core/events";
import type { Command } from "@ballast/core/kernel";
import type { Pool } from "pg";
import { readTexts, selectEvents } from "../../event-store/index.ts";

/** A command of a run's history, and where it was given. */
export type RecordedCommand = {
  /** Of its CommandAccepted event. */
  readonly position: number;
  /** Scheduler actions done before it. */
  readonly action: number;
  readonly command: Command;
};

/** The commands that a run was given after `from` (excluded) and up to a position (included). */
export async function readRecordedCommands(
  pool: Pool,
  run: number,
  from: number,
  to: number,
): Promise<RecordedCommand[]> {
  const found: { position: number; action: number; text: number }[] = [];
  const filter = { from: from + 1, to, types: [EventCode.CommandAccepted] };
  for await (const { batch, indexes } of selectEvents(pool, run, filter)) {
    for (const i of indexes) {
      found.push({ position: batch.firstPosition + i, action: batch.d[i] ?? 0, text: batch.a[i] ?? 0 });
    }
  }
  if (found.length === 0) return [];
  const texts = await readTexts(pool, run);
  return found.map(({ position, action, text }) => {
    return { position, action, command: JSON.parse(texts[text - 1] ?? "null") as Command };
  });
}
