import type { Exchange } from "./exchange.ts";
import { RefusedRequest } from "./http-error.ts";

/** A database that does not answer within this long is as good as gone. */
const READY_MS = 2_000;

/** The process lives and its event loop turns. */
export function answerLive({ response }: Exchange): void {
  sendText(response, "ok\n");
}

/** The server can do its work: Postgres answers, and it was not asked to stop. */
export async function answerReady({ response, services }: Exchange): Promise<void> {
  if (services.closing.aborted) throw new RefusedRequest("SERVER_CLOSING", "the server is shutting down");
  const deadline = AbortSignal.timeout(READY_MS);
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener("abort", () => reject(new Error(`no answer within ${READY_MS} ms`)), { once: true });
  });
  try {
    await Promise.race([services.application.pool.query("select 1"), late]);
    sendText(response, "ok\n");
  } catch (error) {
    services.logger.warn({ err: error }, "not ready: Postgres does not answer");
    throw new RefusedRequest("DATABASE_UNREACHABLE", "Postgres does not answer; see the server's log");
  }
}

function sendText(response: Exchange["response"], text: string): void {
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(text);
}
