import { formatBytes } from "@ballast/core/units";
import type { Pool } from "../../database/index.ts";
import { runsBeyond } from "../store/claim.ts";

/** The memory that runs of one executor may take together. */
export class MemoryBudget {
  /** Undefined: any. */
  readonly limitBytes: number | undefined;
  readonly #told = new Set<number>();

  constructor(limitBytes: number | undefined) {
    this.limitBytes = limitBytes;
  }

  /** What runs with these needs leave; undefined without a limit. */
  left(needs: readonly number[]): number | undefined {
    return this.limitBytes === undefined ? undefined : this.limitBytes - needs.reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Says once of each run that it stays queued, because it needs more than there is for all. */
  async reportTooLarge(pool: Pool, tell: (what: string, run: number) => void): Promise<void> {
    if (this.limitBytes === undefined) return;
    for (const { run, memoryBytes } of await runsBeyond(pool, this.limitBytes)) {
      if (this.#told.has(run)) continue;
      this.#told.add(run);
      tell(
        `a run needs ${formatBytes(memoryBytes)} of memory, BALLAST_RUN_MEMORY allows ${formatBytes(this.limitBytes)} here: it stays queued`,
        run,
      );
    }
  }
}
