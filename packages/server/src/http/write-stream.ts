import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** Writes a part of a long answer, and waits as long as the client does not read. */
export async function writePart(response: ServerResponse, part: string | Buffer, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (response.write(part)) return;
  await once(response, "drain", { signal });
}
