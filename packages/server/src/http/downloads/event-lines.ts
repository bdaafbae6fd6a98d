import { eventJson } from "../../api/events/event-json.ts";
import { eventViews, type RunSource } from "../../exports/index.ts";
import type { EventFilter } from "../../event-store/index.ts";
import type { EventSlices } from "../../history/index.ts";
import type { Run } from "../../runs/index.ts";
import type { Exchange } from "../exchange.ts";
import { runFileName } from "./file-name.ts";
import { FORMATS } from "./formats.ts";
import { readEventFilter } from "./run-tables.ts";
import { sendPieces } from "./send-pieces.ts";

/** Whether an address asks for other events than those between two positions, which are sent as they are to those that follow the run. */
export function isNarrowed(search: URLSearchParams): boolean {
  return [...search.keys()].some((name) => name !== "from" && name !== "to");
}

/** The events that the parameters choose, one JSON object per line. @throws BallastError as `readEventQuery`. */
export async function sendEventLines(exchange: Exchange, run: Run): Promise<void> {
  const { services, signal, url } = exchange;
  const source = { pool: services.application.pool, run, signal };
  const { filter, isImmutable } = await readEventFilter(source, url.searchParams);
  const { mediaType } = FORMATS.ndjson;
  await sendPieces(exchange, { mediaType, fileName: `${runFileName(run, "events")}.ndjson`, isImmutable, pieces: linesOf(source, filter) });
}

async function* linesOf(source: RunSource, filter: EventFilter & EventSlices): AsyncGenerator<Uint8Array, void, void> {
  for await (const events of eventViews(source, filter)) {
    if (events.length > 0) yield Buffer.from(events.map((event) => `${JSON.stringify(eventJson(event))}\n`).join(""));
  }
}
