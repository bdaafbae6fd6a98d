import type { Draws } from "./draws.ts";

const TARGETS = [
  "/",
  "//",
  "///",
  "//a:99999",
  "/graphql",
  "http://[",
  "http://127.0.0.1/livez",
  "*",
  "/livez",
  "/runs/x/at/1",
  "/%",
  "/\u00ff",
  "/runs/%00/events",
];
const METHODS = ["GET", "POST", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PRI", "get", ""];
const HEADERS = [
  "Host: 127.0.0.1",
  "Host: [::1]evil",
  "Host: a b",
  "Host:",
  "Upgrade: websocket\r\nConnection: Upgrade",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version: 13",
  "Content-Length: 5",
  "Content-Length: -1",
  "Content-Length: 99999999999999999999",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: gzip, chunked",
  "Content-Encoding: gzip",
  "Content-Type: application/json",
  "Expect: 100-continue",
  "Expect: something",
  "Origin: null",
  "Accept: text/event-stream",
  "Authorization: Bearer x",
  "X-Request-Id: \u0000",
  "Last-Event-ID: -1",
  "Connection: close",
  ": nothing",
];
const BODIES = ["", "{}", '{"query":"{__typename}"}', "[]", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n", "\u0000\u0001\u0002", '{"query":1}'];

/** The bytes of a request that is nearly one: an odd address, method, headers or body, some of its bytes changed, or cut short. */
export function drawRawRequest(draws: Draws): Buffer {
  const headers = draws.many(draws.between(0, 5), () => draws.pick(HEADERS));
  const line = `${draws.pick(METHODS)} ${draws.pick(TARGETS)} HTTP/${draws.pick(["1.1", "1.1", "1.0", "2.0", "9"])}`;
  const bytes = Buffer.from([line, ...headers, "", draws.pick(BODIES)].join("\r\n"), "latin1");
  for (let flips = draws.between(-3, 2); flips > 0; flips--) bytes[draws.between(0, bytes.length - 1)] = draws.between(0, 255);
  return draws.rng(0.2) ? bytes.subarray(0, draws.between(0, bytes.length)) : bytes;
}
