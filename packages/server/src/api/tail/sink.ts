/** How events reach a reader. */
export const TRANSPORTS = ["event-stream", "graphql-sse", "websocket", "export"] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** The connection that a reader's messages go to. */
export type Sink = {
  readonly transport: Transport;
  /** Bytes that were written and that the client's socket has not taken. */
  readonly pendingBytes: () => number;
  /** Ends the connection, whatever is still on its way. */
  readonly destroy: () => void;
};
