import { isFinal, type Run } from "../runs/index.ts";
import { eventJson } from "../api/events/event-json.ts";
import { encodeCursor } from "../api/paging/cursor.ts";
import { followLog } from "../api/tail/follow-log.ts";
import type { Follower } from "../api/tail/follower.ts";
import type { LogSlice } from "../api/tail/log-slices.ts";
import { viewSlice } from "../api/tail/slice-views.ts";
import type { Exchange } from "./exchange.ts";
import { requireReached } from "../api/tail/require-reached.ts";
import { responseSink } from "./http-sink.ts";
import { readAfter } from "./run-address.ts";
import { writeSlice } from "./write-stream.ts";

const SLICE_EVENTS = 200;
/** A comment this often keeps proxies from ending a silent stream. */
const PING_MS = 15_000;

/**
 * A run's events as server-sent events, each message some events with `id: <position of the last>`, so that an
 * EventSource that lost its connection continues by itself after what it has. A run that is over ends with `event: end`;
 * the next request gets 204, and an EventSource then stops. A stream that the server ends before has `event: interrupted`
 * last, with the reason's code and the cursor.
 */
export async function streamEvents(exchange: Exchange, runId: string): Promise<void> {
  const { services, response, request, signal, url } = exchange;
  await services.admissions.take(false, signal);
  const run = await services.application.runs.getRun(runId);
  const lastId = request.headers["last-event-id"];
  const after = readAfter(run.id, typeof lastId === "string" ? lastId : url.searchParams.get("after"));
  requireReached(run, after);
  if (isFinal(run.status) && after >= run.headPosition) {
    response.writeHead(204).end();
    return;
  }
  const follower = services.followers.open({ sink: responseSink(response, "event-stream"), run, after, signal });
  begin(exchange);
  const ping = setInterval(() => response.writableNeedDrain || response.write(":\n\n"), PING_MS);
  try {
    await writeEvents(exchange, run, follower);
    services.followers.complete(follower);
  } catch (error) {
    const interruption = services.followers.interrupt(follower, error);
    if (interruption === undefined) throw error;
    response.write(`id: ${interruption.position}\nevent: interrupted\ndata: ${JSON.stringify(interruption)}\n\n`);
  } finally {
    clearInterval(ping);
    response.end();
  }
}

function begin({ response }: Exchange): void {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  response.write(": ballast\n\n");
}

async function writeEvents({ services, response }: Exchange, run: Run, follower: Follower): Promise<void> {
  const { runs } = services.application;
  for await (const slice of followLog({ ...services, runs }, follower, SLICE_EVENTS)) {
    const message = await services.messages.get(slice, "event-stream", () => messageOf(services.texts, run.id, slice));
    await writeSlice(response, message, follower, slice.lastPosition);
  }
  response.write(`event: end\ndata: ${JSON.stringify((await runs.getRun(run.id)).status)}\n\n`);
}

async function messageOf(texts: Exchange["services"]["texts"], runId: string, slice: LogSlice): Promise<Buffer> {
  const views = await viewSlice(texts, slice);
  const data = { events: views.map(eventJson), nextCursor: encodeCursor(runId, slice.lastPosition) };
  return Buffer.from(`id: ${slice.lastPosition}\nevent: events\ndata: ${JSON.stringify(data)}\n\n`);
}
