import type { EventBatch } from "@ballast/core/events";
import type { Pool } from "pg";
import { appendCommit, type Lease } from "./append-commit.ts";
import type { DigestChain } from "./digest-chain.ts";
import { HeadNotifier } from "./head-notifier.ts";
import { prepareCommit, type PreparedCommit } from "./prepared-commit.ts";

/** Appends one run's batches one after the other, and keeps notifications to their rate. */
export class RunWriter {
  private readonly pool: Pool;
  private readonly run: number;
  private readonly lease: Lease;
  private readonly notifier: HeadNotifier;

  constructor(pool: Pool, run: number, lease: Lease) {
    this.pool = pool;
    this.run = run;
    this.lease = lease;
    this.notifier = new HeadNotifier(pool, run);
  }

  /** @throws what `appendCommit` throws. */
  async append(commit: PreparedCommit, options: { retryForMs?: number } = {}): Promise<void> {
    const notify = this.notifier.shouldNotify(commit.lastPosition);
    await appendCommit(this.pool, { run: this.run, lease: this.lease, commit, notify, ...options });
  }

  /** Prepares a batch on this thread and appends it. */
  async appendBatch(batch: EventBatch, chain: DigestChain): Promise<void> {
    await this.append(prepareCommit(batch, chain));
  }

  /** Gives up a pending notification; call when no more will be appended by this writer. */
  close(): void {
    this.notifier.stop();
  }
}
