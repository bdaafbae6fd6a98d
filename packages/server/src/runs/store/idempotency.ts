import { createHash } from "node:crypto";
import { BallastError } from "@ballast/core/errors";
import { printCanonicalJson } from "@ballast/core/scenario";
import type { PoolClient } from "pg";

/**
 * Creates something once per key: asked again with an equal input, gives the id of what was created then. In one
 * transaction with the creation, so that a key never stands for something that does not exist.
 * @throws BallastError INPUT_INVALID for an empty key.
 * @throws BallastError IDEMPOTENCY_CONFLICT for another input under the same key.
 */
export async function createOnce(
  client: PoolClient,
  key: string | undefined,
  input: unknown,
  id: string,
  create: () => Promise<void>,
): Promise<string> {
  if (key === undefined) {
    await create();
    return id;
  }
  if (key.trim() === "") {
    throw new BallastError(
      "INPUT_INVALID",
      "An idempotency key is a text of your own, such as a UUID, and not empty; leave it out to have none.",
    );
  }
  const digest = digestOf(input);
  const text = "insert into idempotency_keys (key, input_digest, result_id) values ($1, $2, $3) on conflict do nothing";
  // Another transaction that uses the key right now is waited for.
  const { rowCount } = await client.query(text, [key, digest, id]);
  if (rowCount === 1) {
    await create();
    return id;
  }
  const { rows } = await client.query<{ input_digest: string; result_id: string }>(
    "select input_digest, result_id from idempotency_keys where key = $1",
    [key],
  );
  const earlier = rows[0];
  if (earlier?.input_digest === digest) return earlier.result_id;
  throw new BallastError(
    "IDEMPOTENCY_CONFLICT",
    `The idempotency key ${JSON.stringify(key)} was used before with another input. Use a new key for a new input.`,
  );
}

/** Equal for inputs that differ only in the order of their keys. */
function digestOf(input: unknown): string {
  return createHash("sha256").update(printCanonicalJson(input)).digest("hex");
}
