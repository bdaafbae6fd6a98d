import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { RefusedRequest } from "./http-error.ts";
import { isLoopback } from "./loopback.ts";

/** Decides who may use the server. The token itself is not kept, only its hash. */
export class RequestGuard {
  private readonly onLoopback: boolean;
  private readonly tokenHash: Buffer | undefined;

  constructor(host: string, token: string | undefined) {
    this.onLoopback = isLoopback(host);
    this.tokenHash = token === undefined ? undefined : hashOf(token);
  }

  get asksForToken(): boolean {
    return this.tokenHash !== undefined;
  }

  /**
   * A page of the web can make a name of its own point to this machine, and then its requests are "same origin": their
   * Host header gives it away. Beyond loopback names cannot be known; there the token keeps such a page out.
   */
  checkHost(authority: string): void {
    if (!this.onLoopback || isLoopback(hostnameOf(authority))) return;
    throw new RefusedRequest(
      "HOST_REFUSED",
      `the request names the host ${JSON.stringify(authority)}: use localhost, 127.0.0.1 or [::1]`,
    );
  }

  /** Pages of other origins may not use the server, not even where they would never see the answer. */
  checkOrigin(request: IncomingMessage, authority: string): void {
    const { origin } = request.headers;
    const site = request.headers["sec-fetch-site"];
    if (origin !== undefined && originHost(origin) !== authority) {
      throw new RefusedRequest("ORIGIN_REFUSED", `a page of ${JSON.stringify(origin)} may not use this server`);
    }
    if (site === undefined || site === "same-origin" || site === "none") return;
    if (request.method === "GET" && request.headers["sec-fetch-mode"] === "navigate") return;
    throw new RefusedRequest(
      "ORIGIN_REFUSED",
      `a page of another origin (sec-fetch-site: ${site}) may not use this server`,
    );
  }

  /** Takes an `Authorization: Bearer ...` header. */
  checkToken(request: IncomingMessage): void {
    const given = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? "")?.[1];
    if (this.acceptsToken(given)) return;
    const message =
      "the server asks for its token: send `Authorization: Bearer <token>` (BALLAST_TOKEN where it was started)";
    throw new RefusedRequest("TOKEN_INVALID", message, { "www-authenticate": "Bearer" });
  }

  /** Hashes are compared, in a time that does not depend on where they differ. */
  acceptsToken(given: string | undefined): boolean {
    if (this.tokenHash === undefined) return true;
    return given !== undefined && timingSafeEqual(hashOf(given), this.tokenHash);
  }
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

function hostnameOf(host: string): string {
  return host.startsWith("[") ? host.slice(0, host.indexOf("]") + 1) : host.replace(/:\d+$/, "");
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
