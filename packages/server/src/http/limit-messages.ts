import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { CONNECTION_LIMITS, transferMs } from "./connection-limits.ts";
import type { UnfinishedBytes } from "./unfinished-bytes.ts";

/** RFC 6455, section 7.4.1, and its registry: the message breaks a rule of the server; the server has too much to do. */
const POLICY_VIOLATION = 1008;
const TRY_AGAIN_LATER = 1013;
/** Of a control frame from a client: two bytes, and four of its mask. */
const CONTROL_HEAD_BYTES = 6;
const CHECK_MS = 1_000;

/**
 * Ends a WebSocket whose message does not come to its end in time, or takes the most of what all may take together.
 * `headBytes` came with the upgrade, and are still to be understood.
 */
export function limitMessages(socket: WebSocket, connection: Socket, headBytes: number, unfinished: UnfinishedBytes): void {
  const holding = unfinished.begin(() => socket.close(TRY_AGAIN_LATER, "Too much of unfinished messages: try again later"));
  let finishedAt = connection.bytesRead - headBytes;
  let begun: number | undefined;
  let heardAt = performance.now();
  const unfinishedBytes = (): number => Math.max(0, connection.bytesRead - finishedAt);
  const onControl = (data: Buffer): void => void (finishedAt += CONTROL_HEAD_BYTES + data.length);
  socket.on("ping", onControl).on("pong", onControl);
  socket.on("message", () => {
    finishedAt = connection.bytesRead;
    begun = undefined;
  });
  // ws has its listener first: what it has understood of the data is known by now.
  connection.on("data", () => {
    const bytes = unfinishedBytes();
    heardAt = performance.now();
    begun = bytes === 0 ? undefined : (begun ?? performance.now());
    holding.set(bytes);
  });
  const check = setInterval(() => {
    const now = performance.now();
    const isSilent = now - heardAt >= CONNECTION_LIMITS.bodyMs;
    if (begun === undefined || (!isSilent && now - begun < transferMs(CONNECTION_LIMITS.bodyMs, unfinishedBytes()))) return;
    socket.close(POLICY_VIOLATION, "The message did not come to its end in time");
  }, CHECK_MS);
  socket.once("close", () => {
    clearInterval(check);
    holding.end();
  });
}
