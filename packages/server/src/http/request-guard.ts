import type { IncomingMessage } from "node:http";
import type { Authenticator, Grant } from "../access/index.ts";
import { RefusedRequest } from "./http-error.ts";
import { isLoopback } from "./loopback.ts";

/** Decides who may use the server. */
export class RequestGuard {
  readonly #onLoopback: boolean;
  readonly #authenticator: Authenticator;

  constructor(host: string, authenticator: Authenticator) {
    this.#onLoopback = isLoopback(host);
    this.#authenticator = authenticator;
  }

  get asksForToken(): boolean {
    return this.#authenticator.asksForToken;
  }

  /**
   * A page of the web can make a name of its own point to this machine, and then its requests are "same origin": their
   * Host header gives it away. Beyond loopback names cannot be known; there the token keeps such a page out.
   */
  checkHost(authority: string): void {
    if (!this.#onLoopback || isLoopback(hostnameOf(authority))) return;
    throw new RefusedRequest("HOST_REFUSED", `the request names the host ${JSON.stringify(authority)}: use localhost, 127.0.0.1 or [::1]`);
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
    throw new RefusedRequest("ORIGIN_REFUSED", `a page of another origin (sec-fetch-site: ${site}) may not use this server`);
  }

  /** What the token of an `Authorization: Bearer ...` header allows. @throws RefusedRequest TOKEN_INVALID. */
  async requireGrant(request: IncomingMessage): Promise<Grant> {
    const grant = await this.#authenticator.authenticate(bearerOf(request));
    if (grant !== undefined) return grant;
    const message =
      "the server asks for a token: send `Authorization: Bearer <token>`, with one of `ballast token create` that has not " +
      "expired, or BALLAST_TOKEN of where it was started";
    throw new RefusedRequest("TOKEN_INVALID", message, { "www-authenticate": "Bearer" });
  }

  /** Undefined: not let in. */
  async authenticate(token: string | undefined): Promise<Grant | undefined> {
    return await this.#authenticator.authenticate(token);
  }
}

export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? "")?.[1];
}

function hostnameOf(host: string): string {
  return host.startsWith("[") ? host.slice(0, host.indexOf("]") + 1) : host.replace(/:\d+$/, "");
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
