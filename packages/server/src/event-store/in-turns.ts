import type { KnownEvents } from "@ballast/core/events";
import { setImmediate as nextTurn } from "node:timers/promises";

/** A fold of this many events takes some milliseconds. */
const EVENTS_PER_TURN = 4_096;

/**
 * The parts of a batch, each in a turn of the event loop of its own, for work that takes long on a whole batch: other work
 * of the thread comes in between.
 */
export async function* inTurns(batch: KnownEvents): AsyncGenerator<KnownEvents, void, void> {
  for (let from = 0; from < batch.length; from += EVENTS_PER_TURN) {
    await nextTurn();
    yield batch.slice(from, Math.min(batch.length, from + EVENTS_PER_TURN));
  }
}
