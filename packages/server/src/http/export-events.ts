import { isFinal } from "../runs/index.ts";
import { readEvents } from "../event-store/index.ts";
import { viewSlice } from "../graphql/tail/slice-views.ts";
import { eventJson } from "../graphql/events/event-json.ts";
import { BallastError } from "@ballast/core/errors";
import { CHANGING_CACHE_CONTROL, type Exchange, lastingCacheControl } from "./exchange.ts";
import { readPosition } from "./run-address.ts";
import { writePart } from "./write-stream.ts";

/** Events that become text at once: some 100 KiB. */
const SLICE_EVENTS = 500;

/** The events [from, to] of a run, one JSON object per line; without `to` up to the head at the time of the request. */
export async function exportEvents(exchange: Exchange, runId: string): Promise<void> {
  const { services, response, signal, url } = exchange;
  const run = await services.application.runs.getRun(runId);
  const from = readPosition(url.searchParams.get("from") ?? "1", "`from`", 1);
  const asked = url.searchParams.get("to");
  const to = asked === null ? run.headPosition : readPosition(asked, "`to`");
  if (to > run.headPosition) {
    throw new BallastError(
      "POSITION_OUT_OF_RANGE",
      `run ${run.id} has events 1 to ${run.headPosition}; \`to\` is ${to}`,
    );
  }
  const isLasting = asked !== null || isFinal(run.status);
  response.writeHead(200, {
    "content-type": "application/x-ndjson; charset=utf-8",
    "cache-control": isLasting ? lastingCacheControl(exchange.isPrivate) : CHANGING_CACHE_CONTROL,
  });
  if (from <= to) {
    for await (const batch of readEvents(services.application.pool, run.logId, { from, to })) {
      for (let at = 0; at < batch.length; at += SLICE_EVENTS) {
        const end = Math.min(batch.length, at + SLICE_EVENTS);
        const views = await viewSlice(services.texts, run.logId, { batch, from: at, end, lastPosition: 0 });
        await writePart(response, views.map((view) => `${JSON.stringify(eventJson(view))}\n`).join(""), signal);
      }
    }
  }
  response.end();
}
