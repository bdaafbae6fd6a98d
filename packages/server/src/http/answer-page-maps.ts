import { BallastError } from "@ballast/core/errors";
import { encodeActivity } from "../api/page-maps/encode-activity.ts";
import type { MapRequest } from "../api/page-maps/page-maps.ts";
import { finishSteps } from "../history/index.ts";
import { type Exchange, type Handler, immutableCacheControl } from "./exchange.ts";
import { readPosition } from "./run-address.ts";

/** Numbers and a header of JSON; docs/page-maps.md describes them. */
const CONTENT_TYPE = "application/octet-stream";

/** The states of all pages at a position: `/runs/:id/pages/:position`. */
export function answerPages(runId: string, place: string): Handler {
  return answering(runId, ({ services }, request) => services.pageMaps.map(request, readPosition(place, "the position behind /pages/")));
}

/** The time since the last event of each page: `/runs/:id/pages/:position/ages`. */
export function answerPageAges(runId: string, place: string): Handler {
  return answering(runId, ({ services }, request) => services.pageMaps.ages(request, readPosition(place, "the position behind /pages/")));
}

/** When each page was last accessed, and which are dirty: `/runs/:id/pages/:position/activity`. 202 while the run is being executed again. */
export function answerPageActivity(runId: string, place: string): Handler {
  const answer = answering(runId, async ({ services }, request) => {
    const activity = await services.pageActivities.at(request, readPosition(place, "the position behind /pages/"));
    return await finishSteps(encodeActivity(activity));
  });
  return async (exchange) => {
    try {
      await answer(exchange);
    } catch (error) {
      if (!(error instanceof BallastError) || error.code !== "TIMED_OUT") throw error;
      const headers = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", "retry-after": "0" };
      exchange.response.writeHead(202, headers).end(JSON.stringify({ pending: error.message }));
    }
  };
}

/** What differs between two positions: `/runs/:id/pages/:from/to/:to`. */
export function answerPageDifference(runId: string, from: string, to: string): Handler {
  return answering(runId, ({ services }, request) => services.pageMaps.difference(request, ...readRange(from, to)));
}

/** What each event between two positions changes: `/runs/:id/pages/:from/steps/:to`. */
export function answerPageSteps(runId: string, from: string, to: string): Handler {
  return answering(runId, ({ services }, request) => services.pageMaps.steps(request, ...readRange(from, to)));
}

/** What each leap between two positions changes: `/runs/:id/pages/:from/leaps/:to`. */
export function answerPageLeaps(runId: string, from: string, to: string): Handler {
  return answering(runId, ({ services }, request) => services.pageMaps.leaps(request, ...readRange(from, to)));
}

function readRange(from: string, to: string): [from: number, to: number] {
  return [readPosition(from, "the position behind /pages/"), readPosition(to, "the address's last part")];
}

/** All of them depend on stored events alone, and may be kept for ever. */
function answering(runId: string, work: (exchange: Exchange, request: MapRequest) => Promise<Uint8Array>): Handler {
  return async (exchange) => {
    const { response, signal } = exchange;
    const bytes = await work(exchange, { runId, signal });
    response.writeHead(200, {
      "content-type": CONTENT_TYPE,
      "content-length": String(bytes.length),
      "cache-control": immutableCacheControl(exchange.isPrivate),
    });
    response.end(bytes);
  };
}
