import { createServer, type Server, type ServerOptions } from "node:http";
import { setImmediate as untilSent } from "node:timers/promises";
import { BallastError } from "@ballast/core/errors";
import { type Logger, pino } from "pino";
import { Authenticator } from "../access/index.ts";
import type { Application } from "../application/index.ts";
import { DEFAULT_MAX_CONNECTIONS } from "../configuration/index.ts";
import { createEngine } from "../graphql/engine/create-engine.ts";
import { DEFAULT_LIMITS, type Limits } from "../api/limits/limits.ts";
import type { Followers } from "../api/tail/followers.ts";
import { schema } from "../graphql/schema.ts";
import { createServices } from "../api/services.ts";
import type { ReportPages } from "./downloads/answer-report.ts";
import { immutableCacheControl } from "./exchange.ts";
import { createListener } from "./listener.ts";
import { isLoopback } from "./loopback.ts";
import { CONNECTION_LIMITS, transferMs } from "./connection-limits.ts";
import { Connections } from "./connections.ts";
import { type ListeningSockets, listen } from "./listening-sockets.ts";
import { Metrics } from "./metrics.ts";
import { measureQueue } from "./queue-metrics.ts";
import { measureReaders } from "./reader-metrics.ts";
import type { Page } from "./page-files.ts";
import { RequestGuard } from "./request-guard.ts";
import { createRouter } from "./routes.ts";
import { isWebSocketUpgrade, serveWebSockets } from "./serve-web-sockets.ts";
import { listenToClients } from "./server-events.ts";
import { UnfinishedBytes } from "./unfinished-bytes.ts";

export type HttpServerOptions = {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Lets its bearer do everything; beyond loopback one is needed, or tokens of `createToken`. */
  readonly token?: string | undefined;
  readonly limits?: Partial<Limits>;
  /** At the same time, WebSockets included. */
  readonly maxConnections?: number | undefined;
  /** GraphiQL at /graphql; by default on loopback only. */
  readonly graphiql?: boolean;
  /** The explorer; without it, browsers get a small page without scripts. */
  readonly page?: Page | undefined;
  /** Pages of runs and experiments to be handed out, by whoever starts the server; without them it has none. */
  readonly reports?: ReportPages | undefined;
  /** Whose files `importTrace` may read; none if not given. */
  readonly traceFolder?: string | undefined;
  readonly logger?: Logger;
};

export type HttpServer = {
  /** `http://127.0.0.1:4000`, without a slash at its end. */
  readonly url: string;
  /** Ends subscriptions and streams, lets running answers finish for a moment, and closes. May be called more than once. */
  close(): Promise<void>;
};

/** Answers that are still being made when the server closes get this long. */
const FINISH_MS = 1_000;

/**
 * Serves the API.
 * @throws BallastError PORT_TAKEN; INPUT_INVALID for an address beyond loopback without a token, or one of another machine.
 */
export async function createHttpServer(application: Application, options: HttpServerOptions): Promise<HttpServer> {
  const { host, port, token } = options;
  const authenticator = new Authenticator({ pool: application.pool, token, isOpen: !isLoopback(host) });
  await authenticator.requireTokens(host);
  const logger = options.logger ?? pino({ level: application.configuration.logLevel }, pino.destination({ fd: 2, sync: false }));
  const closing = new AbortController();
  const services = createServices({
    application,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    logger,
    closing: closing.signal,
    traceFolder: options.traceFolder,
  });
  const metrics = new Metrics();
  measureReaders(metrics.registry, services);
  measureQueue(metrics.registry, () => application.runs.getQueue());
  const guard = new RequestGuard(host, authenticator);
  const engine = createEngine({
    schema,
    services,
    immutableCacheControl: immutableCacheControl(guard.asksForToken),
    observe: (phase, seconds) => metrics.phases.observe({ phase }, seconds),
  });
  const router = createRouter(engine, metrics, {
    graphiql: options.graphiql ?? isLoopback(host),
    page: options.page,
    reports: options.reports,
  });
  const connections = new Connections(options.maxConnections ?? DEFAULT_MAX_CONNECTIONS, logger);
  const unfinished = new UnfinishedBytes();
  const server = createServer(nodeOptions(services.limits));
  connections.watch(server);
  const sockets = serveWebSockets({
    engine,
    guard,
    services,
    connections,
    unfinished,
    onCount: (change) => metrics.webSockets.inc(change),
  });
  const onRequest = createListener({ router, guard, services, metrics, connections, unfinished });
  listenToClients(server, { onRequest, onUpgrade: sockets.onUpgrade, connections, logger });
  const listening = await listen(server, { host, port });
  const parts = { server, listening, closing, followers: services.followers, endSockets: sockets.close };
  let closed: Promise<void> | undefined;
  return { url: urlOf(host, listening.port), close: () => (closed ??= close(parts)) };
}

/** What Node itself sees to. A request without a Host header is refused with a code instead. */
function nodeOptions({ maxBodyBytes }: Limits): ServerOptions {
  return {
    requireHostHeader: false,
    shouldUpgradeCallback: isWebSocketUpgrade,
    headersTimeout: CONNECTION_LIMITS.headersMs,
    keepAliveTimeout: CONNECTION_LIMITS.idleMs,
    // Bodies that are read have a limit of their own; this is for the time before, behind other requests of the connection.
    requestTimeout: 2 * Math.ceil(transferMs(CONNECTION_LIMITS.headersMs + CONNECTION_LIMITS.bodyMs, maxBodyBytes)),
    connectionsCheckingInterval: 1_000,
  };
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`;
}

type Parts = {
  readonly server: Server;
  readonly listening: ListeningSockets;
  readonly closing: AbortController;
  readonly followers: Followers;
  readonly endSockets: () => Promise<void>;
};

async function close({ server, listening, closing, followers, endSockets }: Parts): Promise<void> {
  closing.abort(new BallastError("SERVER_CLOSING", "the server is shutting down"));
  const ended = listening.close();
  // Those who follow a run are told where to continue before their sockets are closed.
  await followers.untilNone(FINISH_MS);
  await untilSent();
  await endSockets();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), FINISH_MS);
  await ended;
  clearTimeout(force);
}
