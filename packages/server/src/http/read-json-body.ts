import { findRepeatedKeys } from "@ballast/core/scenario";
import { turns } from "../api/turns.ts";
import type { Exchange } from "./exchange.ts";
import { RefusedRequest } from "./http-error.ts";
import { type BodyExchange, readBody } from "./read-body.ts";
import { requirePlainJson } from "./require-plain-json.ts";

/** The JSON of a request's body, read no further than the limits on its length and its time. */
export async function readJsonBody(exchange: BodyExchange & Pick<Exchange, "signal">): Promise<unknown> {
  const { request } = exchange;
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const found = type === "" ? "no content-type" : `content-type ${JSON.stringify(type)}`;
    throw unsupported(`${found}: send application/json`, { "accept-post": "application/json" });
  }
  requireUtf8(type);
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() !== "identity")
    throw unsupported(`content-encoding ${JSON.stringify(encoding)}: send the JSON as it is`, { "accept-encoding": "identity" });
  const bytes = await readBody(exchange);
  if (bytes.length === 0) throw new RefusedRequest("BODY_INVALID", 'the body is empty: send {"query": "..."}');
  await nextTurn(exchange);
  requirePlainJson(bytes);
  const { text, json } = parse(bytes);
  await nextTurn(exchange);
  const [repeated] = findRepeatedKeys(text);
  if (repeated !== undefined) throw new RefusedRequest("BODY_INVALID", `in the body ${repeated.path} ${repeated.message}`);
  await nextTurn(exchange);
  return json;
}

/** Several requests may come in one turn of the event loop, and each may be as large as the limit. */
async function nextTurn({ request, signal }: Pick<Exchange, "request" | "signal">): Promise<void> {
  if (turns.isOver()) await turns.next(request, signal);
}

function parse(bytes: Buffer): { readonly text: string; readonly json: unknown } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, json: JSON.parse(text) };
  } catch (error) {
    throw new RefusedRequest("BODY_INVALID", `the body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
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
