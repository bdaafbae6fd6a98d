import type { IncomingMessage } from "node:http";
import { RefusedRequest } from "./http-error.ts";

/** @throws RefusedRequest REQUEST_INVALID for a target that is no address, such as `//`. */
export function urlOfRequest({ url = "/" }: IncomingMessage): URL {
  const text = url.startsWith("/") ? `http://localhost${url}` : url;
  if (URL.canParse(text)) return new URL(text);
  throw new RefusedRequest("REQUEST_INVALID", `the request's target ${JSON.stringify(url.slice(0, 100))} is no address`);
}
