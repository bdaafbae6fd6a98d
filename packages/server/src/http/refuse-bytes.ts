import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "@ballast/core/errors";
import { errorBody, statusOf } from "./http-error.ts";

/** Answers what Node cannot read as a request; without this the client gets a bare status. */
export function answerUnreadable(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    const { code, message, status } = refusalOf(error);
    refuseOnSocket(socket, code, message, status);
  });
}

function refusalOf({ code, message }: NodeJS.ErrnoException): { code: ErrorCode; message: string; status?: number } {
  if (code === "HPE_HEADER_OVERFLOW")
    return { code: "HEADERS_TOO_LARGE", message: "the request's headers have more than 16 KiB: send fewer or shorter ones" };
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return { code: "TIMED_OUT", message: "the request did not arrive in time: send it in one go", status: 408 };
  return { code: "REQUEST_INVALID", message: `the request is no HTTP/1.1: ${message}` };
}

/** Writes an answer where there is no ServerResponse, and ends the connection. */
export function refuseOnSocket(socket: Duplex, code: ErrorCode, message: string, status = statusOf(code)): void {
  const body = errorBody(code, message);
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
