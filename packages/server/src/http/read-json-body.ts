import type { IncomingMessage } from "node:http";
import { findRepeatedKeys } from "@ballast/core/scenario";
import { RefusedRequest } from "./http-error.ts";

/** The JSON of a request's body, read no further than the limit. */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const found = type === "" ? "no content-type" : `content-type ${JSON.stringify(type)}`;
    throw unsupported(`${found}: send application/json`, { "accept-post": "application/json" });
  }
  requireUtf8(type);
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() !== "identity")
    throw unsupported(`content-encoding ${JSON.stringify(encoding)}: send the JSON as it is`, { "accept-encoding": "identity" });
  const bytes = await readBytes(request, maxBytes);
  if (bytes.length === 0) throw new RefusedRequest("BODY_INVALID", 'the body is empty: send {"query": "..."}');
  const { text, json } = parse(bytes);
  const [repeated] = findRepeatedKeys(text);
  if (repeated !== undefined) throw new RefusedRequest("BODY_INVALID", `in the body ${repeated.path} ${repeated.message}`);
  return json;
}

function parse(bytes: Buffer): { readonly text: string; readonly json: unknown } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, json: JSON.parse(text) };
  } catch (error) {
    throw new RefusedRequest(
      "BODY_INVALID",
      `the body is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** JSON is UTF-8, whatever its content-type says; one that says another is refused before it is misread. */
function requireUtf8(type: string): void {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) return;
  throw unsupported(`charset ${charset}: send the JSON in UTF-8`, { "accept-post": "application/json" });
}

function unsupported(found: string, headers: Record<string, string>): RefusedRequest {
  return new RefusedRequest("MEDIA_TYPE_UNSUPPORTED", `the request has ${found}`, headers);
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
