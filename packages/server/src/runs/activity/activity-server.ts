import { BallastError } from "@ballast/core/errors";
import type { PageActivity } from "@ballast/core/kernel";
import type { Pool } from "pg";
import type { FromWorker } from "../executor/messages.ts";
import { readJob } from "../store/job-row.ts";
import { type PolicyAccess, withKernelInput } from "../worker/kernel-input.ts";
import { ActivitySession } from "./activity-session.ts";

type Tell = (message: FromWorker, transferred?: readonly ArrayBuffer[]) => void;
type OpenSession = { readonly run: number; readonly session: ActivitySession; readonly close: () => Promise<void> };

/** How often the asker hears how far the execution is. */
const TELL_MS = 100;

/** Answers, in a worker thread, questions about the pages of runs: one after the other. The run of the last one is kept for the next. */
export class ActivityServer {
  readonly #pool: Pool;
  readonly #access: PolicyAccess;
  readonly #tell: Tell;
  #open: OpenSession | undefined;
  #abort = new AbortController();

  constructor(pool: Pool, access: PolicyAccess, tell: Tell) {
    this.#pool = pool;
    this.#access = access;
    this.#tell = tell;
  }

  async answer(run: number, position: number): Promise<void> {
    this.#abort = new AbortController();
    try {
      const session = await this.#sessionOf(run);
      const activity = await session.activityAt(position, { signal: this.#abort.signal, onReached: this.#reporter() });
      this.#tell({ kind: "activity", activity }, buffersOf(activity));
    } catch (error) {
      if (!this.#abort.signal.aborted) await this.#close();
      const code = error instanceof BallastError ? error.code : "INTERNAL";
      this.#tell({ kind: "refused", error: { code, message: error instanceof Error ? error.message : String(error) } });
    }
  }

  /** The question that is being answered is not of interest any more; what was done for it is kept. */
  cancel(): void {
    this.#abort.abort();
  }

  async #sessionOf(run: number): Promise<ActivitySession> {
    if (this.#open?.run === run) return this.#open.session;
    await this.#close();
    const job = await readJob(this.#pool, run);
    const opened = Promise.withResolvers<ActivitySession>();
    const closing = Promise.withResolvers<void>();
    const closed = withKernelInput(this.#pool, job, this.#access, async (input) => {
      opened.resolve(new ActivitySession(this.#pool, run, input));
      await closing.promise;
    });
    closed.catch(opened.reject);
    const session = await opened.promise;
    const close = async (): Promise<void> => {
      closing.resolve();
      await closed;
    };
    this.#open = { run, session, close };
    return session;
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.close();
  }

  #reporter(): (position: number) => void {
    let toldMs = performance.now();
    return (position) => {
      if (performance.now() - toldMs < TELL_MS) return;
      toldMs = performance.now();
      this.#tell({ kind: "reached", position });
    };
  }
}

function buffersOf({ spaces }: PageActivity): ArrayBuffer[] {
  return spaces.flatMap(({ lastAccessNs, isDirty }) => [lastAccessNs.buffer as ArrayBuffer, isDirty.buffer as ArrayBuffer]);
}
