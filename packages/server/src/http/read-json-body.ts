import type { IncomingMessage } from "node:http";
import { RefusedRequest } from "./http-error.ts";

/** The JSON of a request's body, read no further than the limit. */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const found = type === "" ? "no content-type" : `content-type ${JSON.stringify(type)}`;
    throw new RefusedRequest("MEDIA_TYPE_UNSUPPORTED", `the request has ${found}: send application/json`, {
      "accept-post": "application/json",
    });
  }
  const bytes = await readBytes(request, maxBytes);
  if (bytes.length === 0) throw new RefusedRequest("BODY_INVALID", 'the body is empty: send {"query": "..."}');
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new RefusedRequest(
      "BODY_INVALID",
      `the body is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > maxBytes) throw tooLarge(`announces ${announced} bytes`, maxBytes);
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBytes) throw tooLarge(`has more than ${maxBytes} bytes`, maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The rest of the body is not read: the connection ends with the answer. */
function tooLarge(found: string, maxBytes: number): RefusedRequest {
  return new RefusedRequest("BODY_TOO_LARGE", `the body ${found}; the limit is ${maxBytes} bytes`, {
    connection: "close",
  });
}
