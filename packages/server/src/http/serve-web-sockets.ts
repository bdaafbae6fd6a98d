import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols, makeServer } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Engine } from "../graphql/engine/create-engine.ts";
import type { Services } from "../api/services.ts";
import { CONNECTION_LIMITS } from "./connection-limits.ts";
import type { Connections } from "./connections.ts";
import { graphqlProtocol } from "./graphql-protocol.ts";
import { ReadyPayloads } from "./ready-payloads.ts";
import { RefusedRequest } from "./http-error.ts";
import { refuseOnSocket } from "./refuse-bytes.ts";
import type { RequestGuard } from "./request-guard.ts";
import { readTarget } from "./request-target.ts";
import { limitMessages } from "./limit-messages.ts";
import type { UnfinishedBytes } from "./unfinished-bytes.ts";
import { SocketOperations } from "./socket-operations.ts";
import { serveWebSocket } from "./web-socket-connection.ts";

type Parts = {
  readonly engine: Engine;
  readonly guard: RequestGuard;
  readonly services: Services;
  readonly connections: Connections;
  readonly unfinished: UnfinishedBytes;
  readonly onCount: (change: 1 | -1) => void;
};

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
  const protocol = makeServer(graphqlProtocol({ engine, guard, services }));
  sockets.on("wsClientError", (error, socket) =>
    refuseOnSocket(socket, new RefusedRequest("REQUEST_INVALID", `the upgrade to a WebSocket is not sound: ${error.message}`)),
  );
  const open = (socket: WebSocket, request: IncomingMessage, headBytes: number): void => {
    onCount(1);
    socket.once("close", () => onCount(-1));
    const operations = new SocketOperations(socket, request.socket.remoteAddress ?? "", services);
    serveWebSocket(protocol, socket, { request, socket, operations, payloads: new ReadyPayloads() }, services.logger);
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
