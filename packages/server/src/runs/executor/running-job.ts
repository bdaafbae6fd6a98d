import type { Claim } from "../store/claim.ts";
import type { Interruption } from "../worker/worker-signals.ts";
import type { RunWorkerThread, ThreadOutcome } from "./run-worker-thread.ts";

/**
 * A command may be announced before its run is claimed, or the announcement be lost: the inbox is also looked at so
 * often.
 */
const INBOX_POLL_MS = 2_000;

/** A claimed run in a worker thread. */
export class RunningJob {
  readonly claim: Claim;
  readonly thread: RunWorkerThread;
  readonly ended: Promise<ThreadOutcome>;
  accesses = 0;
  /** Paused or waiting: it keeps its worker, and computes nothing. */
  isIdle = false;
  #isOver = false;
  #beatsMissed = 0;
  #lost: ((outcome: ThreadOutcome) => void) | undefined;
  readonly #poll: NodeJS.Timeout;

  /** `onIdle` is called when the run stops or begins to compute, `onNotice` with what no caller waits for. */
  constructor(claim: Claim, thread: RunWorkerThread, onIdle: () => void, onNotice: (what: string) => void) {
    this.claim = claim;
    this.thread = thread;
    const worked = thread.execute(
      claim,
      ({ accesses, isIdle }) => {
        this.accesses = accesses;
        if (isIdle === this.isIdle) return;
        this.isIdle = isIdle;
        onIdle();
      },
      onNotice,
    );
    const lost = new Promise<ThreadOutcome>((resolve) => {
      this.#lost = resolve;
    });
    this.#poll = setInterval(() => this.announceCommands(), INBOX_POLL_MS);
    this.ended = Promise.race([worked, lost]).finally(() => {
      this.#isOver = true;
      clearInterval(this.#poll);
    });
  }

  announceCommands(): void {
    if (!this.#isOver) this.thread.tell({ kind: "commands" });
  }

  interrupt(how: Interruption): void {
    if (!this.#isOver) this.thread.tell({ kind: "interrupt", how });
  }

  /**
   * What the last heartbeat found. Without the lease another executor has the run, and whatever this worker still does
   * would be refused; or it has just given the lease back itself, which its own word will tell before the next
   * heartbeat.
   */
  onLeaseRenewed(isHeld: boolean): void {
    this.#beatsMissed = isHeld ? 0 : this.#beatsMissed + 1;
    if (this.#isOver || this.#beatsMissed < 2) return;
    this.#lost?.({ kind: "lost" });
    void this.thread.terminate();
  }

  /** Ends a worker that does not come to an end in time; the run continues from its last checkpoint. */
  abandon(): void {
    if (this.#isOver) return;
    this.#lost?.({ kind: "released" });
    void this.thread.terminate();
  }
}
