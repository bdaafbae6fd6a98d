import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { BallastError } from "@ballast/core/errors";
import { type Grant, whenExpired } from "../access/index.ts";
import type { Services } from "../api/services.ts";
import { CONNECTION_LIMITS, transferMs } from "./connection-limits.ts";
import type { Connections } from "./connections.ts";
import type { Exchange } from "./exchange.ts";
import { RefusedRequest, sendRefusal } from "./http-error.ts";
import type { Metrics } from "./metrics.ts";
import { refusalOf } from "./refusal-of.ts";
import { readTarget } from "./request-target.ts";
import type { RequestGuard } from "./request-guard.ts";
import type { Route } from "./route.ts";
import type { Router } from "./routes.ts";
import type { UnfinishedBytes } from "./unfinished-bytes.ts";

type Parts = {
  readonly router: Router;
  readonly guard: RequestGuard;
  readonly services: Services;
  readonly metrics: Metrics;
  readonly connections: Connections;
  readonly unfinished: UnfinishedBytes;
};

/** What was found out of a request, for the log and the metrics. */
type Found = { route?: Route | undefined };

/** Ids that a client may give its request, so that its own log and this one can be read together. */
const REQUEST_ID = /^[\w.:-]{1,64}$/;

/** Lets in, finds who answers, and turns whatever goes wrong into one answer and one line of the log. */
export function createListener(parts: Parts): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const requestId = nameRequest(request, response);
    const turn = parts.connections.takeTurn(request);
    try {
      await turn.ready;
      if (request.socket.destroyed) return turn.done();
      response.once("close", turn.done);
      await answer(parts, request, response, requestId);
    } catch (error) {
      const isCutOff = parts.services.closing.aborted && !(error instanceof RefusedRequest);
      if (response.destroyed || request.socket.destroyed || isCutOff) response.destroy();
      else sendRefusal(response, refusalOf(error, { requestId, logger: parts.services.logger }));
    }
  };
}

function nameRequest({ headers }: IncomingMessage, response: ServerResponse): string {
  const given = headers["x-request-id"];
  const requestId = typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
  response.setHeader("x-request-id", requestId);
  response.setHeader("x-content-type-options", "nosniff");
  return requestId;
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
  const begun = performance.now();
  const found: Found = {};
  limitAnswer(request, response);
  response.once("close", () => report(parts, { request, response, requestId }, found, (performance.now() - begun) / 1000));
  if (parts.services.closing.aborted) throw new RefusedRequest("SERVER_CLOSING", "the server is shutting down");
  requireExpectable(request);
  const { url, authority } = readTarget(request);
  found.route = parts.router(request, url);
  const grant = await authorize(parts.guard, request, authority, found.route);
  const route = requireRoute(found.route, request, url);
  await route.handler(openExchange(parts, { request, response, url, requestId }, grant));
}

/** The answer must be taken in time, and an unread rest of the request must end. */
function limitAnswer(request: IncomingMessage, response: ServerResponse): void {
  let taken: NodeJS.Timeout | undefined;
  response.on("error", () => response.destroy());
  response.once("prefinish", () => {
    // An answer that is ended after its client has gone is not taken by anybody, and closes no second time.
    if (request.socket.destroyed) return;
    const ms = transferMs(CONNECTION_LIMITS.answerMs, response.writableLength);
    taken = setTimeout(() => request.socket.destroy(), ms);
  });
  response.once("finish", () => {
    if (!request.complete) endUnlessComplete(request);
  });
  response.once("close", () => clearTimeout(taken));
}

/** The rest of a body is read and thrown away, so that the answer is not lost; but not for long. */
function endUnlessComplete(request: IncomingMessage): void {
  const end = setTimeout(() => request.socket.destroy(), CONNECTION_LIMITS.lingerMs);
  request.once("end", () => clearTimeout(end));
  request.once("close", () => clearTimeout(end));
  request.resume();
}

/** RFC 9110, section 10.1.1: there is one expectation, and HTTP/1.0 has none. */
function requireExpectable({ headers, httpVersionMinor }: IncomingMessage): void {
  const { expect } = headers;
  if (expect === undefined || httpVersionMinor === 0 || /\b100-continue\b/i.test(expect)) return;
  const message = `the request expects ${JSON.stringify(expect.slice(0, 100))}: 100-continue is the only expectation that is met`;
  throw new RefusedRequest("EXPECTATION_UNSUPPORTED", message);
}

function requireRoute(route: Route | undefined, { method = "" }: IncomingMessage, { pathname }: URL): Route {
  if (route === undefined) throw new RefusedRequest("NOT_FOUND", `there is nothing at ${pathname}: the API is at /graphql`);
  if (route.methods.includes(method)) return route;
  const allow = route.methods.join(", ");
  throw new RefusedRequest("METHOD_NOT_ALLOWED", `${pathname} answers to ${allow}, not to ${method}`, { allow });
}

/** Of probes and pages, which hold nothing that a token is for. */
const READING: Grant = { scope: "read", expiresAt: null };

async function authorize(guard: RequestGuard, request: IncomingMessage, authority: string, route: Route | undefined): Promise<Grant> {
  if (route?.access === "health") return READING;
  guard.checkHost(authority);
  guard.checkOrigin(request, authority);
  return route?.access === "page" ? READING : await guard.requireGrant(request);
}

type Request = Pick<Exchange, "request" | "response" | "requestId">;

function openExchange({ guard, services, unfinished }: Parts, request: Request & Pick<Exchange, "url">, grant: Grant): Exchange {
  const gone = new AbortController();
  const follow = (): void => gone.abort(services.closing.reason);
  services.closing.addEventListener("abort", follow, { once: true });
  const forgetExpiry = whenExpired(grant, () => gone.abort(new BallastError("TOKEN_INVALID", "the token has expired")));
  request.response.once("close", () => {
    forgetExpiry();
    services.closing.removeEventListener("abort", follow);
    // An answer that was sent whole has ended what it came from.
    if (!request.response.writableFinished) gone.abort(new BallastError("SERVER_CLOSING", "the client has gone"));
  });
  return { ...request, signal: gone.signal, services, unfinished, scope: grant.scope, isPrivate: guard.asksForToken };
}

function report({ metrics, services }: Parts, { request, response, requestId }: Request, { route }: Found, seconds: number): void {
  const labels = { route: route?.name ?? "none", method: request.method ?? "", status: String(response.statusCode) };
  metrics.requests.observe(labels, seconds);
  services.logger.info({ requestId, ...labels, ms: Math.round(seconds * 1000) }, "request");
}
