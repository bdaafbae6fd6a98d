import { timingSafeEqual } from "node:crypto";
import { BallastError } from "@ballast/core/errors";
import type { Pool } from "../database/index.ts";
import type { Scope } from "./scope.ts";
import { hashOf, requireSecret } from "./secret.ts";
import { findToken, hasTokens } from "./token-store.ts";

/** What somebody was let in with. */
export type Grant = {
  readonly scope: Scope;
  /** null: never. */
  readonly expiresAt: Date | null;
};

/** Of everybody where no token is asked for, and of BALLAST_TOKEN. */
const WHOLE_GRANT: Grant = { scope: "administer", expiresAt: null };

export type AuthenticatorOptions = {
  readonly pool: Pool;
  /** BALLAST_TOKEN; it allows everything. */
  readonly token: string | undefined;
  /** Whether the server listens where other machines can reach it. */
  readonly isOpen: boolean;
};

const MAX_TIMER_MS = 2 ** 31 - 1;

/** Calls back when a grant expires: what it has begun must end then. Returns what takes that back. */
export function whenExpired({ expiresAt }: Grant, callBack: () => void): () => void {
  const leftMs = expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt.getTime() - Date.now();
  // Nothing of a client lasts for weeks without being begun anew.
  if (leftMs > MAX_TIMER_MS) return () => undefined;
  const timer = setTimeout(callBack, Math.max(0, leftMs)).unref();
  return () => clearTimeout(timer);
}

/** A token that was revoked is let in for so long; and wrong ones do not reach Postgres more often. */
const CACHED_MS = 5_000;
const MAX_CACHED = 1_000;

/** Decides what the bearer of a token may do. No token is kept here, only hashes. */
export class Authenticator {
  readonly #pool: Pool;
  readonly #tokenHash: Buffer | undefined;
  readonly asksForToken: boolean;
  readonly #cached = new Map<string, { readonly grant: Promise<Grant | undefined>; readonly untilMs: number }>();

  constructor({ pool, token, isOpen }: AuthenticatorOptions) {
    requireSecret(token);
    this.#pool = pool;
    this.#tokenHash = token === undefined ? undefined : hashOf(token);
    this.asksForToken = isOpen || token !== undefined;
  }

  /** @throws BallastError INPUT_INVALID if a token is asked for, and none can be given. */
  async requireTokens(host: string): Promise<void> {
    if (!this.asksForToken || this.#tokenHash !== undefined || (await hasTokens(this.#pool))) return;
    throw new BallastError(
      "INPUT_INVALID",
      `listening on ${host} opens the server to other machines: make a token (\`ballast token create\`), set BALLAST_TOKEN, ` +
        "or listen on 127.0.0.1",
    );
  }

  /** Undefined: not let in. @throws BallastError DATABASE_UNREACHABLE if only Postgres knows. */
  async authenticate(given: string | undefined): Promise<Grant | undefined> {
    if (!this.asksForToken) return WHOLE_GRANT;
    if (given === undefined) return undefined;
    const hash = hashOf(given);
    // Compared in a time that does not depend on where they differ.
    if (this.#tokenHash !== undefined && timingSafeEqual(hash, this.#tokenHash)) return WHOLE_GRANT;
    const grant = await this.#findCached(hash);
    const hasExpired = (grant?.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) <= Date.now();
    return hasExpired ? undefined : grant;
  }

  async #findCached(hash: Buffer): Promise<Grant | undefined> {
    const key = hash.toString("base64");
    const known = this.#cached.get(key);
    if (known !== undefined && known.untilMs > performance.now()) return await known.grant;
    const grant = findToken(this.#pool, hash);
    this.#cached.delete(key);
    if (this.#cached.size >= MAX_CACHED) this.#cached.clear();
    this.#cached.set(key, { grant, untilMs: performance.now() + CACHED_MS });
    grant.catch(() => this.#cached.delete(key));
    return await grant;
  }
}
