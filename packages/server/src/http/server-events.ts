import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import type { Connections } from "./connections.ts";
import { contain } from "./contain.ts";
import { RefusedRequest, sendRefusal } from "./http-error.ts";
import { refusalOf } from "./refusal-of.ts";
import { refuseOnSocket, unreadable } from "./refuse-bytes.ts";

export type ServerListeners = {
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void | Promise<void>;
  readonly connections: Connections;
  readonly logger: Logger;
};

/**
 * Every event that a client's bytes can cause has its listener here, and whatever a listener throws becomes an answer, or
 * the end of that one connection.
 */
export function listenToClients(server: Server, { onRequest, onUpgrade, connections, logger }: ServerListeners): void {
  const request = contain(onRequest, (error, { socket }, response) => {
    answerOr(() => sendRefusal(response, refusalOf(error, { requestId: idOf(response), logger })), socket);
  });
  const refuse = (error: unknown, socket: Duplex): void =>
    answerOr(() => refuseOnSocket(socket, refusalOf(error, { requestId: "", logger })), socket);
  server.on("request", request);
  // Whether the body is asked for is decided where it is read: a request that is refused need not send it.
  server.on("checkContinue", request);
  server.on("checkExpectation", request);
  // What follows such a request comes as a stream that may be another one than the connection, without any listener.
  const onBroken = (error: Error): void => logger.debug({ err: error }, "a connection broke");
  const upgrade: ServerListeners["onUpgrade"] = async (asked, socket, head) => {
    socket.on("error", onBroken);
    await onUpgrade(asked, socket, head);
  };
  server.on(
    "upgrade",
    contain(upgrade, (error, _request, socket) => refuse(error, socket)),
  );
  server.on(
    "connect",
    contain(
      async (asked: IncomingMessage, socket: Duplex) => {
        socket.on("error", onBroken);
        await connections.takeTurn(asked).ready;
        throw new RefusedRequest("METHOD_NOT_ALLOWED", "this server is no proxy: CONNECT is not answered", { allow: "GET, HEAD, POST" });
      },
      (error, _request, socket) => refuse(error, socket),
    ),
  );
  const onClientError = async (error: NodeJS.ErrnoException, socket: Duplex): Promise<void> => {
    if (error.code === "ECONNRESET") return void socket.destroy();
    await connections.answered(socket);
    refuse(unreadable(error), socket);
  };
  server.on(
    "clientError",
    contain(onClientError, (error, _cause, socket) => refuse(error, socket)),
  );
  // Before, a failure is one of listening, and thrown where that was asked for.
  server.once("listening", () => server.on("error", (error) => logger.error({ err: error }, "a connection cannot be accepted")));
}

function answerOr(answer: () => void, socket: Duplex): void {
  try {
    answer();
  } catch {
    socket.destroy();
  }
}

function idOf(response: ServerResponse): string {
  return String(response.getHeader("x-request-id") ?? "");
}
