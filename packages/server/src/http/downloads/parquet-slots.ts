import type { Services } from "../../api/services.ts";
import { RefusedRequest } from "../http-error.ts";

/** Files of a server that threads write at the same time: each takes some tens of megabytes, and a processor. */
const MAX_FILES = 4;

const FILES = new WeakMap<Services, number>();

/**
 * The pieces of a Parquet file, if the server does not write too many of them.
 * @throws RefusedRequest SERVER_BUSY before the first piece.
 */
export async function* inSlot(services: Services, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const count = FILES.get(services) ?? 0;
  if (count >= MAX_FILES) {
    const message = `the server writes ${MAX_FILES} Parquet files now, the most at a time: ask again later, or for CSV`;
    throw new RefusedRequest("SERVER_BUSY", message);
  }
  FILES.set(services, count + 1);
  try {
    yield* pieces;
  } finally {
    FILES.set(services, (FILES.get(services) ?? 1) - 1);
  }
}
