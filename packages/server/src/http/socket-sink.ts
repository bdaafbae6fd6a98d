import type { WebSocket } from "ws";
import type { Sink } from "../api/tail/sink.ts";

/** One sink for each socket, however many operations send through it: what waits there is counted once. */
export function socketSinks(): (socket: WebSocket) => Sink {
  const sinks = new WeakMap<WebSocket, Sink>();
  return (socket) => {
    const sink = sinks.get(socket) ?? {
      transport: "websocket",
      pendingBytes: () => socket.bufferedAmount,
      destroy: () => socket.terminate(),
    };
    sinks.set(socket, sink);
    return sink;
  };
}
