import type { Exchange } from "./exchange.ts";
import { writePart } from "./write-stream.ts";

/** Sends what Yoga answers: a stream part by part as the client reads it, anything else whole. */
export async function sendResponse({ response }: Exchange, answer: Response): Promise<void> {
  response.statusCode = answer.status;
  answer.headers.forEach((value, name) => response.setHeader(name, value));
  if (answer.body === null || !isStream(answer)) return void response.end(await answer.text());
  response.flushHeaders();
  // A server that closes still sends the end of the stream: only a client that has gone cuts it off.
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  // Every version of a stream of the web that Yoga makes can be iterated.
  for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) await writePart(response, part, gone.signal);
  response.end();
}

function isStream({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/event-stream") === true;
}
