import type { IncomingMessage } from "node:http";
import { RefusedRequest } from "./http-error.ts";

/** Where a request goes, as RFC 9112, sections 3.2 and 3.3, reads its first line and its Host header. */
export type RequestTarget = {
  /** Path and query are the target's. Its host is always `localhost`: `authority` has the one that was asked for. */
  readonly url: URL;
  /** Host, and port if given, as the client named them; "" where it named none. */
  readonly authority: string;
};

/** RFC 3986: an IPv6 address in brackets, or an IPv4 address or a name; never a user. Its ports are checked by URL. */
const AUTHORITY = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i;
const ABSOLUTE = /^http:\/\/([^/?#]*)(.*)$/i;

/**
 * @throws RefusedRequest REQUEST_INVALID for a target that is no address, no or several Host headers, or one that is no
 * host; METHOD_NOT_ALLOWED for `OPTIONS *`.
 */
export function readTarget(request: IncomingMessage): RequestTarget {
  const host = readHost(request);
  const { url: target = "", method } = request;
  if (target.startsWith("/")) return { url: urlOf(target, target), authority: host };
  if (target === "*" && method === "OPTIONS")
    throw new RefusedRequest("METHOD_NOT_ALLOWED", "the server as a whole answers to no OPTIONS: ask an address, such as /graphql", {
      allow: "GET, HEAD, POST",
    });
  const [, authority = "", rest = ""] = ABSOLUTE.exec(target) ?? [];
  if (!isAuthority(authority)) throw noAddress(target);
  return { url: urlOf(rest.startsWith("/") ? rest : `/${rest}`, target), authority };
}

/** Several Host headers, or none, may be read as different hosts by a proxy and by this server: RFC 9112 has them refused. */
function readHost({ rawHeaders, httpVersion, headers }: IncomingMessage): string {
  const hosts = rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === "host").length;
  if (hosts > 1) throw new RefusedRequest("REQUEST_INVALID", `the request has ${hosts} Host headers: send one`);
  if (hosts === 0 && httpVersion !== "1.0" && httpVersion !== "0.9")
    throw new RefusedRequest("REQUEST_INVALID", "the request has no Host header: HTTP/1.1 asks for one");
  const { host = "" } = headers;
  if (host === "" || isAuthority(host)) return host;
  throw new RefusedRequest("REQUEST_INVALID", `the Host header ${shown(host)} is no host: send a name or an address, and a port`);
}

function isAuthority(text: string): boolean {
  return AUTHORITY.test(text) && URL.canParse(`http://${text}/`);
}

function urlOf(path: string, target: string): URL {
  const text = `http://localhost${path}`;
  if (!URL.canParse(text)) throw noAddress(target);
  return new URL(text);
}

function noAddress(target: string): RefusedRequest {
  return new RefusedRequest(
    "REQUEST_INVALID",
    `the request's target ${shown(target)} is no address: send a path, such as /graphql, or http://host/path`,
  );
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
