import { isFinal } from "../runs/index.ts";
import { eventJson } from "../graphql/events/event-json.ts";
import { encodeCursor } from "../graphql/paging/cursor.ts";
import { BatchMemo } from "../graphql/tail/batch-memo.ts";
import { followLog, type LogSlice } from "../graphql/tail/follow-log.ts";
import { viewSlice } from "../graphql/tail/slice-views.ts";
import type { Exchange } from "./exchange.ts";
import { requireReached } from "../graphql/tail/require-reached.ts";
import { readAfter } from "./run-address.ts";
import { writePart } from "./write-stream.ts";

const SLICE_EVENTS = 200;
/** A comment this often keeps proxies from ending a silent stream. */
const PING_MS = 15_000;

/** Messages that several streams at the same place share: made once. */
const messages = new BatchMemo<Buffer>(16);

/**
 * A run's events as server-sent events, each message some events with `id: <position of the last>`, so that an
 * EventSource that lost its connection goes on by itself behind what it has. A run that is over ends with `event: end`;
 * who asks again gets 204, and an EventSource then stops.
 */
export async function streamEvents(exchange: Exchange, runId: string): Promise<void> {
  const { services, response, request, signal, url } = exchange;
  const { runs } = services.application;
  const run = await runs.getRun(runId);
  const lastId = request.headers["last-event-id"];
  const after = readAfter(run.id, typeof lastId === "string" ? lastId : url.searchParams.get("after"));
  requireReached(run, after);
  if (isFinal(run.status) && after >= run.headPosition) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  response.write(": ballast\n\n");
  const ping = setInterval(() => response.writableNeedDrain || response.write(":\n\n"), PING_MS);
  try {
    for await (const slice of followLog({ log: services.log, runs }, run, {
      after,
      sliceEvents: SLICE_EVENTS,
      signal,
    })) {
      await writePart(response, await messageOf(exchange, run.id, run.logId, slice), signal);
    }
    response.end(`event: end\ndata: ${JSON.stringify((await runs.getRun(run.id)).status)}\n\n`);
  } finally {
    clearInterval(ping);
    response.end();
  }
}

function messageOf({ services }: Exchange, runId: string, logId: number, slice: LogSlice): Promise<Buffer> {
  return messages.get(slice.batch, `${slice.from}:${slice.end}`, async () => {
    const views = await viewSlice(services.texts, logId, slice);
    const data = { events: views.map(eventJson), nextCursor: encodeCursor(runId, slice.lastPosition) };
    return Buffer.from(`id: ${slice.lastPosition}\nevent: events\ndata: ${JSON.stringify(data)}\n\n`);
  });
}
