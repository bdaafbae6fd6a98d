import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { isFinal, type Run } from "../runs/index.ts";
import type { Interruption } from "../api/tail/follower.ts";
import { type LogSlice, slicesUpTo } from "../api/tail/log-slices.ts";
import { viewSlice } from "../api/tail/slice-views.ts";
import { eventJson } from "../api/events/event-json.ts";
import { BallastError } from "@ballast/core/errors";
import { CHANGING_CACHE_CONTROL, type Exchange, immutableCacheControl } from "./exchange.ts";
import { RefusedRequest } from "./http-error.ts";
import { responseSink } from "./http-sink.ts";
import { readPosition } from "./run-address.ts";
import { isNarrowed, sendEventLines } from "./downloads/event-lines.ts";
import { writeSlice } from "./write-stream.ts";

/** Events that are converted to text in one step: some 40 KiB. */
const SLICE_EVENTS = 200;
/** For a client to read the last line of an export that breaks off. */
const LAST_LINE_MS = 1_000;

/**
 * The events [from, to] of a run, or what a filter leaves of them, one JSON object per line; without `to` up to the head at the time of the request. An
 * export that the server ends before has the line `{"interrupted":{...}}` last, and the connection then breaks off, so
 * that neither a client nor a cache takes it for whole. One that is ended before its first event is refused like any request.
 */
export async function exportEvents(exchange: Exchange, runId: string): Promise<void> {
  const { services, response, signal, url } = exchange;
  await services.admissions.take(false, signal);
  const run = await services.application.runs.getRun(runId);
  if (isNarrowed(url.searchParams)) return await sendEventLines(exchange, run);
  const { from, to, isImmutable } = readRange(run, url);
  const headers = {
    "content-type": "application/x-ndjson; charset=utf-8",
    "cache-control": isImmutable ? immutableCacheControl(exchange.isPrivate) : CHANGING_CACHE_CONTROL,
  };
  const follower = services.followers.open({ sink: responseSink(response, "export"), run, after: from - 1, signal });
  try {
    for await (const slice of slicesUpTo(services, follower, to, SLICE_EVENTS)) {
      const lines = await services.messages.get(slice, "export", () => linesOf(services.texts, slice));
      if (!response.headersSent) response.writeHead(200, headers);
      await writeSlice(response, lines, follower, slice.lastPosition);
    }
    services.followers.complete(follower);
    if (!response.headersSent) response.writeHead(200, headers);
    response.end();
  } catch (error) {
    const interruption = services.followers.interrupt(follower, error);
    if (interruption === undefined) throw error;
    if (!response.headersSent) throw new RefusedRequest(interruption.code, interruption.message);
    await breakOff(exchange, interruption);
  }
}

function readRange(run: Run, { searchParams }: URL): { from: number; to: number; isImmutable: boolean } {
  const from = readPosition(searchParams.get("from") ?? "1", "`from`", 1);
  const asked = searchParams.get("to");
  const to = asked === null ? run.headPosition : readPosition(asked, "`to`");
  if (to > run.headPosition) {
    throw new BallastError("POSITION_OUT_OF_RANGE", `run ${run.id} has events 1 to ${run.headPosition}; \`to\` is ${to}`);
  }
  return { from, to, isImmutable: asked !== null || isFinal(run.status) };
}

async function linesOf(texts: Exchange["services"]["texts"], slice: LogSlice): Promise<Buffer> {
  const views = await viewSlice(texts, slice);
  return Buffer.from(views.map((view) => `${JSON.stringify(eventJson(view))}\n`).join(""));
}

/**
 * The last line, and then the end of the connection instead of the end of the answer: not immediately, because clients
 * throw away what they have not read yet when a connection breaks off.
 */
async function breakOff({ response }: Exchange, interruption: Interruption): Promise<void> {
  response.write(`${JSON.stringify({ interrupted: interruption })}\n`);
  if (response.writableNeedDrain) await Promise.race([once(response, "drain"), once(response, "close")]);
  await Promise.race([sleep(LAST_LINE_MS, undefined, { ref: false }), once(response, "close")]);
  response.socket?.end();
}
