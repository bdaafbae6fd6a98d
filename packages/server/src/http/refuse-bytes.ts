import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { endSoon } from "./connection-limits.ts";
import { RefusedRequest, refusalParts } from "./http-error.ts";

/** Connections that have their last answer. */
const refused = new WeakSet<Duplex>();

/** What is told of bytes that Node cannot read as a request; without this the client gets a bare status. */
export function unreadable({ code, message }: NodeJS.ErrnoException): RefusedRequest {
  if (code === "HPE_HEADER_OVERFLOW")
    return new RefusedRequest("HEADERS_TOO_LARGE", "the request's headers have more than 16 KiB: send fewer or shorter ones");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return new RefusedRequest("TIMED_OUT", "the request did not arrive in time: send it in one go", {}, 408);
  return new RefusedRequest("REQUEST_INVALID", `the request is no HTTP/1.1: ${message}`);
}

/** Writes an answer where there is no ServerResponse, and ends the connection. Once for each: more of the same is not answered. */
export function refuseOnSocket(socket: Duplex, refusal: RefusedRequest): void {
  if (refused.has(socket)) return;
  refused.add(socket);
  if (!socket.writable) return void socket.destroy();
  const { headers, body } = refusalParts(refusal);
  const lines = Object.entries({ ...headers, connection: "close" }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ""}\r\n${lines.join("")}\r\n${body}`);
  endSoon(socket);
}
