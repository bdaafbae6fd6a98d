import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from "graphql";
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import { whenExpired } from "../access/index.ts";
import type { Engine, RequestFacts } from "../graphql/engine/create-engine.ts";
import { codeErrors } from "../graphql/engine/use-coded-errors.ts";
import { maskError } from "../graphql/errors/mask-error.ts";
import type { Services } from "../graphql/services.ts";
import { CONNECTION_LIMITS } from "./connection-limits.ts";
import type { Connections } from "./connections.ts";
import { socketSinks } from "./socket-sink.ts";
import { RefusedRequest } from "./http-error.ts";
import { refuseOnSocket } from "./refuse-bytes.ts";
import { bearerOf, type RequestGuard } from "./request-guard.ts";
import { readTarget } from "./request-target.ts";
import { limitMessages } from "./limit-messages.ts";
import type { UnfinishedBytes } from "./unfinished-bytes.ts";
import { type SocketExtra, serveWebSocket } from "./web-socket-connection.ts";

type Parts = {
  readonly engine: Engine;
  readonly guard: RequestGuard;
  readonly services: Services;
  readonly connections: Connections;
  readonly unfinished: UnfinishedBytes;
  readonly onCount: (change: 1 | -1) => void;
};

type Executor = (args: ExecutionArgs) => unknown;

export type WebSockets = {
  /** @throws RefusedRequest for a request that may not become a WebSocket. */
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  /** Closes all of them, and waits until they are. */
  readonly close: () => Promise<void>;
};

/** Other protocols that a client would rather speak, such as h2c, are not spoken: its request is answered in HTTP/1.1. */
export function isWebSocketUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.trim().toLowerCase() === "websocket";
}

/** GraphQL over WebSocket (the graphql-transport-ws protocol) at /graphql. */
export function serveWebSockets({ engine, guard, services, connections, unfinished, onCount }: Parts): WebSockets {
  const { maxBodyBytes: maxPayload } = services.limits;
  // The types do not know closeTimeout yet.
  const options = { noServer: true, maxPayload, handleProtocols, closeTimeout: CONNECTION_LIMITS.lingerMs };
  const sockets = new WebSocketServer(options);
  const protocol = makeServer(protocolOptions(engine, guard, services));
  sockets.on("wsClientError", (error, socket) =>
    refuseOnSocket(socket, new RefusedRequest("REQUEST_INVALID", `the upgrade to a WebSocket is not sound: ${error.message}`)),
  );
  const open = (socket: WebSocket, request: IncomingMessage, headBytes: number): void => {
    onCount(1);
    socket.once("close", () => onCount(-1));
    serveWebSocket(protocol, socket, { request, socket }, services.logger);
    limitMessages(socket, request.socket, headBytes, unfinished);
  };
  return {
    onUpgrade: async (request, socket, head) => {
      // Answers that are still owed to requests before it come first. A WebSocket has its turn for good.
      await connections.takeTurn(request).ready;
      if (socket.destroyed) return;
      requireGraphql(request, guard);
      if (services.closing.aborted) throw new RefusedRequest("SERVER_CLOSING", "the server is shutting down");
      sockets.handleUpgrade(request, socket, head, (opened) => open(opened, request, head.length));
    },
    close: async () => {
      for (const socket of sockets.clients) socket.close(1001, "Going away");
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

/** The token is not looked for here: browsers cannot send one with the handshake, so that `connection_init` brings it. */
function requireGraphql(request: IncomingMessage, guard: RequestGuard): void {
  const { url, authority } = readTarget(request);
  guard.checkHost(authority);
  guard.checkOrigin(request, authority);
  if (!request.complete) throw new RefusedRequest("REQUEST_INVALID", "the upgrade to a WebSocket has a body: send none");
  if (url.pathname === "/graphql") return;
  throw new RefusedRequest("NOT_FOUND", `there is no WebSocket at ${url.pathname}: use /graphql`);
}

function protocolOptions(
  engine: Engine,
  guard: RequestGuard,
  services: Services,
): ServerOptions<Record<string, unknown>, SocketExtra> {
  const facts = new WeakMap<object, RequestFacts>();
  const sinkOf = socketSinks();
  const codeOf = (args: unknown, result: ExecutionResult): ExecutionResult =>
    codeErrors(result, { requestId: facts.get(args as object)?.requestId ?? "", logger: services.logger });
  return {
    connectionInitWaitTimeout: CONNECTION_LIMITS.connectionInitMs,
    onConnect: async ({ connectionParams, extra }) => {
      const given = connectionParams?.token ?? bearerOf(extra.request);
      const grant = await guard.admit(typeof given === "string" ? given : undefined);
      if (grant === undefined) return false;
      extra.grant = grant;
      extra.socket.once("close", whenExpired(grant, () => extra.socket.close(CloseCode.Forbidden, "The token has expired")));
      return true;
    },
    // The engine's own execute and subscribe, with its limits and deadlines, travel with the arguments.
    execute: (args) =>
      (args as unknown as { rootValue: { execute: Executor } }).rootValue.execute(args) as ExecutionResult,
    subscribe: (args) =>
      (args as unknown as { rootValue: { subscribe: Executor } }).rootValue.subscribe(args) as Promise<ExecutionResult>,
    onSubscribe: async ({ extra }, _id, params) => {
      const scope = extra.grant?.scope ?? "read";
      const fact: RequestFacts = { requestId: randomUUID(), signal: services.closing, scope, sink: sinkOf(extra.socket) };
      try {
        await services.admissions.take(false, services.closing);
        const { schema, execute, subscribe, contextFactory, parse, validate } = engine.getEnveloped({
          ...fact,
          params,
        });
        const document = parse(params.query);
        const errors = validate(schema, document) as readonly GraphQLError[];
        if (errors.length > 0) return errors.map((error) => maskError(error, { ...fact, logger: services.logger }));
        const args = {
          schema,
          operationName: params.operationName,
          document,
          variableValues: params.variables,
          contextValue: await contextFactory(),
          rootValue: { execute, subscribe },
        };
        facts.set(args, fact);
        return args;
      } catch (error) {
        return [maskError(error, { ...fact, logger: services.logger })];
      }
    },
    onNext: (_context, _id, _params, args, result) => codeOf(args, result as ExecutionResult) as never,
    onError: (_context, _id, _params, errors) =>
      errors.map((error) =>
        error instanceof GraphQLError ? maskError(error, { requestId: "", logger: services.logger }) : error,
      ) as never,
  };
}
