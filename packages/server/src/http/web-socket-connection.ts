import type { IncomingMessage } from "node:http";
import { CloseCode, type Server } from "graphql-ws";
import type { Logger } from "pino";
import type { WebSocket } from "ws";
import type { Grant } from "../access/index.ts";
import { concealFault } from "../api/errors/conceal-fault.ts";
import { CONNECTION_LIMITS } from "./connection-limits.ts";
import { contain } from "./contain.ts";
import type { ReadyPayloads } from "./ready-payloads.ts";
import { RefusedRequest } from "./http-error.ts";
import { requirePlainJson } from "./require-plain-json.ts";
import { MAX_UNREAD_BYTES, type SocketOperations } from "./socket-operations.ts";

/** How graphql-ws says that a message's type is one that only servers send. */
const SERVER_MESSAGE = "Unexpected message of type";

/** What each WebSocket brings to the hooks of the protocol. */
export type SocketExtra = {
  readonly request: IncomingMessage;
  readonly socket: WebSocket;
  readonly operations: SocketOperations;
  readonly payloads: ReadyPayloads;
  /** What `connection_init` was accepted with. */
  grant?: Grant;
};

/**
 * Connects one WebSocket with the protocol graphql-transport-ws, as `graphql-ws/use/ws` does, but so that nothing that is
 * thrown escapes or is shown to the client, and that a client that does not read is not read from.
 */
export function serveWebSocket(protocol: Server<SocketExtra>, socket: WebSocket, extra: SocketExtra, logger: Logger): void {
  const fail = (error: unknown): void => {
    if (error instanceof Error && error.message.startsWith(SERVER_MESSAGE))
      return socket.close(CloseCode.BadRequest, "Message of a type that only servers send");
    if (error instanceof RefusedRequest) return socket.close(CloseCode.BadRequest, error.message);
    concealFault(error, { requestId: "", logger });
    socket.close(CloseCode.InternalServerError, "Internal server error");
  };
  socket.on("error", (error) => logger.debug({ err: error }, "a WebSocket broke its protocol or connection"));
  const stopPings = keepAlive(socket);
  const onClosed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (data) => send(socket, extra.payloads.fill(data)),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) =>
        socket.on(
          "message",
          contain(async (data: Buffer) => await take(textOf(data)), fail),
        ),
    },
    extra,
  );
  socket.once("close", (code, reason) => {
    stopPings();
    contain(async () => await onClosed(code, reason.toString()), fail)();
  });
}

/** @throws RefusedRequest for JSON that would take too long to parse. */
function textOf(data: Buffer): string {
  requirePlainJson(data);
  return data.toString();
}

/** Resolves when the client's system has taken it, or when there is no client any more. */
async function send(socket: WebSocket, data: string): Promise<void> {
  await new Promise<void>((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.send(data, () => {
      if (socket.isPaused && socket.bufferedAmount <= MAX_UNREAD_BYTES) socket.resume();
      resolve();
    });
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.pause();
  });
}

/**
 * Ends a connection whose other side answers no ping. A ping comes behind what the client has not read yet: as long as
 * there is such, it gets the time that any answer has. Returns what stops it.
 */
function keepAlive(socket: WebSocket): () => void {
  let askedMs: number | undefined;
  socket.on("pong", () => (askedMs = undefined));
  const pings = setInterval(() => {
    if (askedMs === undefined) {
      askedMs = performance.now();
      return socket.ping(() => undefined);
    }
    const isBehind = socket.bufferedAmount > 0 && performance.now() - askedMs < CONNECTION_LIMITS.answerMs;
    if (!isBehind) socket.terminate();
  }, CONNECTION_LIMITS.pingMs);
  return () => clearInterval(pings);
}
