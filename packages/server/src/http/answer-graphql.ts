import type { IncomingMessage } from "node:http";
import type { Engine } from "../graphql/engine/create-engine.ts";
import { requireAcceptable } from "./accepted-media.ts";
import { CHANGING_CACHE_CONTROL, type Exchange } from "./exchange.ts";
import { type GraphqlParams, readPostedParams, readQueriedParams } from "./graphql-request.ts";
import { responseSink } from "./http-sink.ts";
import { readJsonBody } from "./read-json-body.ts";
import { sendResponse } from "./send-response.ts";

/**
 * Queries by GET and POST, mutations by POST, subscriptions by either as server-sent events. Yoga gets nothing but what
 * has been checked, and its answer is sent here: its own sending shows a client the stack of what was thrown.
 */
export async function answerGraphql(engine: Engine, exchange: Exchange): Promise<void> {
  const { request, response, url, requestId, signal, scope } = exchange;
  requireAcceptable(request);
  if (request.method === "GET") request.url = `${url.pathname}?${searchOf(readQueriedParams(url.searchParams))}`;
  else {
    // Yoga takes a body that is parsed already from here; its own parsers know no limit while they read.
    const withBody = request as IncomingMessage & { body?: unknown };
    withBody.body = readPostedParams(await readJsonBody(exchange));
    request.url = url.pathname;
  }
  await exchange.services.admissions.take(false, signal);
  response.setHeader("vary", "accept");
  response.setHeader("cache-control", CHANGING_CACHE_CONTROL);
  const sink = responseSink(response, "graphql-sse");
  await sendResponse(exchange, await engine.handleNodeRequestAndResponse(request, response, { requestId, signal, scope, sink }));
}

function searchOf({ query, operationName, variables }: GraphqlParams): string {
  const search = new URLSearchParams({ query });
  if (operationName !== undefined) search.set("operationName", operationName);
  if (variables !== undefined) search.set("variables", JSON.stringify(variables));
  return search.toString();
}
