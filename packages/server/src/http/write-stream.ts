import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Follower } from "../api/tail/follower.ts";
import { CONNECTION_LIMITS } from "./connection-limits.ts";

/** Writes a part of a long answer, and waits for the client to read; a client that reads nothing for too long is cut off. */
export async function writePart(response: ServerResponse, part: string | Uint8Array, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  response.socket?.setTimeout(CONNECTION_LIMITS.answerMs);
  if (response.write(part)) return;
  await once(response, "drain", { signal });
}

/**
 * Writes what brings a follower to a position, and waits as long as its client does not read: `Followers` says how long.
 * @throws the follower's signal's reason when it aborts.
 */
export async function writeSlice(response: ServerResponse, part: Buffer, follower: Follower, position: number): Promise<void> {
  const { signal } = follower;
  signal.throwIfAborted();
  const isTaken = response.write(part);
  follower.advance(position);
  if (!isTaken) await once(response, "drain", { signal });
}
