import type { Pool } from "pg";
import type { RunMetrics } from "../run-metrics.ts";
import type { Run } from "../run.ts";
import type { StoredMetrics } from "../stored-metrics.ts";

/** What a row of `run_jobs` says of a run, as it was written; its checksums were compared. */
export type WrittenPart = Pick<
  Run,
  "id" | "logId" | "scenarioName" | "policyName" | "policyVersion" | "parameters" | "seed" | "error" | "workNs" | "faults"
> & {
  /** Which variant of its experiment it is of. */
  readonly place: number;
  readonly metrics: RunMetrics | null;
  /** Of a run whose events were not kept. */
  readonly made: StoredMetrics["made"];
};

/** A version of such a row: any change makes another one. */
export type RowVersion = {
  readonly run_id: number;
  /** The transaction that wrote it. Numbers of transactions are used again after 4 billion, so that the checksums have to be the same, too. */
  readonly xmin: string;
  readonly input_checksum: Buffer | null;
  readonly figures_checksum: Buffer | null;
};

type Entry = { readonly version: RowVersion; readonly part: WrittenPart; readonly bytes: number };

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Runs whose rows were compared with their checksums, the least recently used forgotten. What is given of a row that was not changed since
 * is what was compared, so that it is what was written whatever has happened to the row on disk.
 */
export class VerifiedRuns {
  readonly #entries = new Map<number, Entry>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  find(version: RowVersion): WrittenPart | undefined {
    const entry = this.#entries.get(version.run_id);
    if (entry === undefined || !isSame(entry.version, version)) return undefined;
    this.#entries.delete(version.run_id);
    this.#entries.set(version.run_id, entry);
    return entry.part;
  }

  /** `bytes`: what it takes in memory, about. */
  add(version: RowVersion, part: WrittenPart, bytes: number): void {
    this.#forget(version.run_id);
    this.#entries.set(version.run_id, { version, part, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#forget(oldest);
    }
  }

  #forget(run: number): void {
    this.#bytes -= this.#entries.get(run)?.bytes ?? 0;
    this.#entries.delete(run);
  }
}

function isSame(one: RowVersion, other: RowVersion): boolean {
  const isEqual = (left: Buffer | null, right: Buffer | null): boolean =>
    left === right || (left !== null && right !== null && left.equals(right));
  return (
    one.xmin === other.xmin && isEqual(one.input_checksum, other.input_checksum) && isEqual(one.figures_checksum, other.figures_checksum)
  );
}

const OF_POOLS = new WeakMap<Pool, VerifiedRuns>();

/** Those of a database. */
export function verifiedRunsOf(pool: Pool): VerifiedRuns {
  const known = OF_POOLS.get(pool);
  if (known !== undefined) return known;
  const verified = new VerifiedRuns();
  OF_POOLS.set(pool, verified);
  return verified;
}
