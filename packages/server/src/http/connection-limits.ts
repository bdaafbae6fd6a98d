import type { Duplex } from "node:stream";

/** What one connection may take, so that none that is silent, slow or greedy is kept for long. docs/graphql.md has this table. */
export const CONNECTION_LIMITS = {
  /** From the connection, or from the first byte of a later request, to the end of the request's headers. */
  headersMs: 10_000,
  /** From an answer to the first byte of the next request. */
  idleMs: 5_000,
  /** Without a byte of a request's body or of a message; and for the whole of it, and then as much longer as its bytes take at `minBytesPerSecond`. */
  bodyMs: 10_000,
  /** The same for a client to take an answer. */
  answerMs: 60_000,
  minBytesPerSecond: 32 * 1024,
  /** For a connection that has been refused, or whose body is not read, to end by itself. */
  lingerMs: 2_000,
  /** For the message `connection_init` of a WebSocket. */
  connectionInitMs: 3_000,
  /** For the answer to a ping, which a WebSocket gets as often. */
  pingMs: 12_000,
  /** Of bodies and messages that have not come to their end, of all connections together. */
  maxUnfinishedBytes: 128 * 1024 * 1024,
  /** Requests that one connection may have sent and not got answers to. */
  maxPipelined: 100,
} as const;

/** How long `bytes` may take, beyond the time that is given in any case. In milliseconds. */
export function transferMs(baseMs: number, bytes: number): number {
  return baseMs + (bytes / CONNECTION_LIMITS.minBytesPerSecond) * 1_000;
}

/** Lets the other side read what was written last, and ends the connection if it does not do so itself. */
export function endSoon(socket: Duplex): void {
  const end = setTimeout(() => socket.destroy(), CONNECTION_LIMITS.lingerMs);
  socket.once("close", () => clearTimeout(end));
  // What still arrives is thrown away: unread bytes make the system reset the connection, and the answer is lost.
  socket.resume();
}
