import { createHash, randomBytes } from "node:crypto";
import { BallastError } from "@ballast/core/errors";

/** So that a token is known for one wherever it turns up, in a log or a commit. */
const PREFIX = "ballast_";
const SECRET_BYTES = 32;
/** Of a token that somebody thought of: fewer characters can be guessed. */
const MIN_CHARACTERS = 16;

/** 256 random bits as text that needs no quoting anywhere. */
export function makeSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString("base64url");
}

/** What is kept of a token. It needs no slow hash: 2^256 tokens cannot be tried. */
export function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** @throws BallastError INPUT_INVALID for one that is too short to be a secret. The message does not repeat it. */
export function requireSecret(token: string | undefined): void {
  if (token === undefined || token.length >= MIN_CHARACTERS) return;
  throw new BallastError(
    "INPUT_INVALID",
    `BALLAST_TOKEN has ${token.length} characters, and can be guessed: take a random text of at least ${MIN_CHARACTERS}, ` +
      "or leave it out and make tokens with `ballast token create`.",
  );
}
