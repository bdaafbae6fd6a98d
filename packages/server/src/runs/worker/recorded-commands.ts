import { EventCode } from "@ballast/core/events";
import type { Command } from "@ballast/core/kernel";
import { renameKeys } from "@ballast/core/scenario";
import type { Pool } from "pg";
import { readTexts, selectEvents } from "../../event-store/index.ts";

/** A command of a run's history, and where it was given. */
export type RecordedCommand = {
  /** Of its CommandAccepted event. */
  readonly position: number;
  /** Scheduler actions done before it. */
  readonly action: number;
  readonly command: Command;
  /** As its event has it: under the names of the version that recorded it. */
  readonly recorded: unknown;
};

/** The commands that a run was given after `from` (excluded) and up to a position (included). */
export async function readRecordedCommands(pool: Pool, run: number, from: number, to: number): Promise<RecordedCommand[]> {
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
    const recorded: unknown = JSON.parse(texts[text - 1] ?? "null");
    return { position, action, command: renameKeys(recorded) as Command, recorded };
  });
}
