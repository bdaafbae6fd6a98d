import { CHANGING_CACHE_CONTROL, type Exchange, immutableCacheControl } from "../exchange.ts";
import { writePart } from "../write-stream.ts";

/** A file that is made while it is sent. */
export type Download = {
  readonly mediaType: string;
  /** As which a browser stores it; letters, digits and `.-_` alone. */
  readonly fileName: string;
  /** Whether it is the same at any time and from any server. */
  readonly isImmutable: boolean;
  /** `inline`: a browser shows it. */
  readonly disposition?: "attachment" | "inline";
  readonly headers?: Readonly<Record<string, string>>;
  readonly pieces: AsyncIterable<Uint8Array>;
};

/**
 * Sends a file as its client reads it, each piece in a turn of its own. One piece is held back: a file whose first rows cannot
 * be read is refused like any request, and the last piece is not sent before everything was made. A file that breaks off later
 * ends with a reset of the connection and not with the end of the answer, so that neither a client nor a cache takes it for whole.
 */
export async function sendPieces(exchange: Exchange, download: Download): Promise<void> {
  const { response, services, signal } = exchange;
  const headers = headersOf(exchange, download);
  let held: Uint8Array | undefined;
  try {
    for await (const piece of download.pieces) {
      if (held !== undefined) await send(exchange, headers, held);
      held = piece;
      await services.turns.take(false, signal);
    }
    signal.throwIfAborted();
    if (!response.headersSent) response.writeHead(200, headers);
    response.end(held);
  } catch (error) {
    if (!response.headersSent) throw error;
    breakOff(exchange, download, error);
  }
}

async function send({ response, signal }: Exchange, headers: Readonly<Record<string, string>>, piece: Uint8Array): Promise<void> {
  if (!response.headersSent) response.writeHead(200, headers);
  await writePart(response, piece, signal);
}

function headersOf(
  exchange: Exchange,
  { mediaType, fileName, isImmutable, disposition = "attachment", headers }: Download,
): Record<string, string> {
  return {
    "content-type": mediaType,
    "content-disposition": `${disposition}; filename="${fileName}"`,
    "cache-control": isImmutable ? immutableCacheControl(exchange.isPrivate) : CHANGING_CACHE_CONTROL,
    ...headers,
  };
}

function breakOff({ response, services, requestId }: Exchange, { fileName }: Download, error: unknown): void {
  if (response.destroyed) return;
  services.logger.warn({ err: error, requestId, file: fileName }, "a download has ended before its file was whole");
  // A client of HTTP/1.0 has no chunks: to it the end of the connection would be the end of the file.
  response.socket?.resetAndDestroy();
}
