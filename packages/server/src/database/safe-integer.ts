import { BallastError } from "@ballast/core/errors";

/**
 * Reads an int8 as Postgres writes it.
 * @throws BallastError HISTORY_DAMAGED for one beyond 53 bits: Ballast stores none.
 */
export function safeInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new BallastError(
    "HISTORY_DAMAGED",
    `A number in the database, ${text}, is larger than any that Ballast stores (53 bits): a row was altered. ` +
      "`ballast verify --quick --all` lists what is damaged; restore the database from a backup, or run the scenario again.",
  );
}
