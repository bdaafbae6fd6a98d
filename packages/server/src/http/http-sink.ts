import type { ServerResponse } from "node:http";
import type { Sink, Transport } from "../api/tail/sink.ts";

/** A response that events are written to. */
export function responseSink(response: ServerResponse, transport: Transport): Sink {
  return {
    transport,
    pendingBytes: () => response.writableLength,
    destroy: () => response.destroy(),
  };
}
