import { BallastError } from "@ballast/core/errors";
import { databaseError, type Pool } from "../database/index.ts";
import type { Scope } from "./scope.ts";
import { hashOf, makeSecret } from "./secret.ts";

/** A token as it is kept: without its secret, of which there is a hash only. */
export type ApiToken = {
  readonly name: string;
  readonly scope: Scope;
  readonly createdAt: Date;
  /** null: never. */
  readonly expiresAt: Date | null;
};

export type NewToken = Pick<ApiToken, "name" | "scope" | "expiresAt">;

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const COLUMNS = 'name, scope, created_at as "createdAt", expires_at as "expiresAt"';
const VALID = "(expires_at is null or expires_at > now())";

/**
 * Makes a token and returns its secret, which is nowhere to be had again.
 * @throws BallastError INPUT_INVALID for a name that cannot be one or is taken.
 */
export async function createToken(pool: Pool, { name, scope, expiresAt }: NewToken): Promise<string> {
  if (!NAME.test(name)) {
    const form = "1 to 100 letters, digits, dots, dashes and underscores, beginning with a letter or digit";
    throw new BallastError("INPUT_INVALID", `${JSON.stringify(name)} cannot be a token's name: it must be ${form}.`);
  }
  const secret = makeSecret();
  const text = `insert into api_tokens (name, scope, hash, expires_at) values ($1, $2, $3, $4) on conflict (name) do nothing returning name`;
  const made = await rowsOf(pool, text, [name, scope, hashOf(secret), expiresAt]);
  if (made.length > 0) return secret;
  throw new BallastError("INPUT_INVALID", `There is a token ${name} already: revoke it first, or take another name.`);
}

/** All tokens by name, those that have expired included. */
export async function listTokens(pool: Pool): Promise<ApiToken[]> {
  return await rowsOf<ApiToken>(pool, `select ${COLUMNS} from api_tokens order by name`, []);
}

/** @throws BallastError INPUT_INVALID if there is none of that name. */
export async function revokeToken(pool: Pool, name: string): Promise<void> {
  const gone = await rowsOf(pool, "delete from api_tokens where name = $1 returning name", [name]);
  if (gone.length > 0) return;
  const known = (await listTokens(pool)).map((token) => token.name).join(", ") || "none";
  throw new BallastError("INPUT_INVALID", `There is no token ${JSON.stringify(name)}; there are: ${known}.`);
}

/** The token with this hash, unless it has expired. */
export async function findToken(pool: Pool, hash: Buffer): Promise<ApiToken | undefined> {
  return (await rowsOf<ApiToken>(pool, `select ${COLUMNS} from api_tokens where hash = $1 and ${VALID}`, [hash]))[0];
}

export async function hasTokens(pool: Pool): Promise<boolean> {
  return (await rowsOf(pool, `select from api_tokens where ${VALID} limit 1`, [])).length > 0;
}

async function rowsOf<Row>(pool: Pool, text: string, values: readonly unknown[]): Promise<Row[]> {
  try {
    return (await pool.query(text, [...values])).rows as Row[];
  } catch (error) {
    throw databaseError(error);
  }
}
