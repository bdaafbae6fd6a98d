import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { BallastError } from "@ballast/core/errors";
import { ballastErrorOf } from "../graphql/errors/coded-error.ts";
import type { Services } from "../graphql/services.ts";
import type { Exchange } from "./exchange.ts";
import { RefusedRequest, sendError } from "./http-error.ts";
import type { Metrics } from "./metrics.ts";
import { urlOfRequest } from "./request-url.ts";
import type { RequestGuard } from "./request-guard.ts";
import type { Route, Router } from "./routes.ts";

type Parts = {
  readonly router: Router;
  readonly guard: RequestGuard;
  readonly services: Services;
  readonly metrics: Metrics;
};

/** Ids that a client may give its request, so that its own log and this one can be read together. */
const REQUEST_ID = /^[\w.:-]{1,64}$/;

/** Lets in, finds who answers, and turns whatever goes wrong into one answer and one line of the log. */
export function createListener(parts: Parts): RequestListener {
  return (request, response) => {
    const begun = performance.now();
    const exchange = openExchange(parts, request, response);
    if (exchange === undefined) return;
    const route = parts.router(request, exchange.url);
    response.once("close", () => report(parts, exchange, route, (performance.now() - begun) / 1000));
    void answer(parts.guard, exchange, route);
  };
}

function openExchange({ guard, services }: Parts, request: IncomingMessage, response: ServerResponse): Exchange | undefined {
  const given = request.headers["x-request-id"];
  const requestId = typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
  response.setHeader("x-request-id", requestId);
  response.setHeader("x-content-type-options", "nosniff");
  const url = urlOr(request, response);
  if (url === undefined) return undefined;
  const gone = new AbortController();
  const follow = (): void => gone.abort(services.closing.reason);
  services.closing.addEventListener("abort", follow, { once: true });
  response.once("close", () => {
    services.closing.removeEventListener("abort", follow);
    gone.abort(new BallastError("SERVER_CLOSING", "the client has gone"));
  });
  return { request, response, url, requestId, signal: gone.signal, services, isPrivate: guard.asksForToken };
}

/** Undefined: the request has no address, and was answered. */
function urlOr(request: IncomingMessage, response: ServerResponse): URL | undefined {
  try {
    return urlOfRequest(request);
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error;
    sendError(response, error.code, error.message);
    return undefined;
  }
}

async function answer(guard: RequestGuard, exchange: Exchange, route: Route | undefined): Promise<void> {
  const { request, response } = exchange;
  try {
    letIn(guard, request, route);
    if (route === undefined)
      throw new RefusedRequest("NOT_FOUND", `there is nothing at ${exchange.url.pathname}: the API is at /graphql`);
    const { method = "" } = request;
    if (!route.methods.includes(method)) {
      const allow = route.methods.join(", ");
      throw new RefusedRequest("METHOD_NOT_ALLOWED", `${exchange.url.pathname} answers to ${allow}, not to ${method}`, {
        allow,
      });
    }
    await route.handler(exchange);
  } catch (error) {
    if (response.destroyed || exchange.signal.aborted) response.destroy();
    else answerError(exchange, error);
  }
}

function letIn(guard: RequestGuard, request: IncomingMessage, route: Route | undefined): void {
  if (route?.access === "health") return;
  guard.checkHost(request);
  guard.checkOrigin(request);
  if (route?.access !== "page") guard.checkToken(request);
}

function answerError({ response, requestId, services }: Exchange, error: unknown): void {
  if (error instanceof RefusedRequest) return sendError(response, error.code, error.message, error.headers);
  const expected = ballastErrorOf(error);
  if (expected !== undefined && expected.code !== "INTERNAL")
    return sendError(response, expected.code, expected.message);
  services.logger.error({ requestId, err: error }, "a request failed in a way that should not happen");
  sendError(
    response,
    "INTERNAL",
    `Something went wrong inside the server. Its log has the reason under request id ${requestId}.`,
  );
}

function report(
  { metrics, services }: Parts,
  { request, response, requestId }: Exchange,
  route: Route | undefined,
  seconds: number,
): void {
  const labels = { route: route?.name ?? "none", method: request.method ?? "", status: String(response.statusCode) };
  metrics.requests.observe(labels, seconds);
  services.logger.info({ requestId, ...labels, ms: Math.round(seconds * 1000) }, "request");
}
