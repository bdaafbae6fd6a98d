import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";

/** Something stored that is not what was written: rows altered, cut, exchanged or missing. */
export type Damage = {
  /** Of what it is: the run's number in the log, or the trace's name. */
  readonly owner: { readonly run: number } | { readonly trace: string };
  /** The kind of stored part, such as "commit", "checkpoint", "keyframe" or "trace block". */
  readonly part: string;
  /** Of the run whose answers it touches, both included; none where it touches no position. */
  readonly positions?: { readonly first: number; readonly last: number };
  /** What was found, as the end of a sentence: "does not match its checksum", "is missing". */
  readonly what: string;
  /** What can be done, as sentences. */
  readonly remedy: string;
};

/**
 * A kind of stored part that `ballast verify --quick` checks: every damage of it that concerns a run, by ascending position. Reads what is
 * stored, changes nothing, holds no more than some megabytes, and ends soon after the signal aborts.
 */
export type VerifiablePart = {
  readonly part: string;
  damages(pool: Pool, run: number, signal?: AbortSignal): AsyncIterable<Damage>;
};

/** `HISTORY_DAMAGED` with what is damaged, so that those who can do without it know which positions to leave out. */
export class HistoryDamagedError extends BallastError {
  readonly damage: Damage;

  constructor(damage: Damage, subject: string) {
    super("HISTORY_DAMAGED", describeDamage(damage, subject));
    this.damage = damage;
  }
}

/** `subject`: the owner as people know it, such as "Run 01990f3c-..." or "Trace redis". */
export function describeDamage({ part, positions, what, remedy }: Damage, subject: string): string {
  const where = positions === undefined ? "" : ` (positions ${positions.first}-${positions.last})`;
  return `${subject} is damaged: a ${part}${where} ${what}. ${remedy}`;
}

/** What was read; undefined if that is damaged, for those who can do without it. */
export async function unlessDamaged<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof BallastError && error.code === "HISTORY_DAMAGED") return undefined;
    throw error;
  }
}
