import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { CONNECTION_LIMITS } from "./connection-limits.ts";

/** Writes a part of a long answer, and waits for the client to read; a client that reads nothing for too long is cut off. */
export async function writePart(response: ServerResponse, part: string | Uint8Array, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  response.socket?.setTimeout(CONNECTION_LIMITS.answerMs);
  if (response.write(part)) return;
  await once(response, "drain", { signal });
}
