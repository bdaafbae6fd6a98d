import type { IncomingMessage } from "node:http";
import type { Engine } from "../graphql/engine/create-engine.ts";
import { requireAcceptable } from "./accepted-media.ts";
import { CHANGING_CACHE_CONTROL, type Exchange } from "./exchange.ts";
import { readPostedParams, readQueriedParams } from "./graphql-request.ts";
import { readJsonBody } from "./read-json-body.ts";

/** Queries by GET and POST, mutations by POST, subscriptions by either as server-sent events. */
export async function answerGraphql(engine: Engine, exchange: Exchange): Promise<void> {
  const { request, response, url, requestId, signal, services } = exchange;
  requireAcceptable(request);
  if (request.method === "GET") {
    readQueriedParams(url.searchParams);
  } else {
    // Yoga takes a body that is parsed already from here; its own parsers know no limit while they read.
    const withBody = request as IncomingMessage & { body?: unknown };
    withBody.body = readPostedParams(await readJsonBody(request, services.limits.maxBodyBytes));
  }
  response.setHeader("vary", "accept");
  response.setHeader("cache-control", CHANGING_CACHE_CONTROL);
  await engine(request, response, { requestId, signal });
}
