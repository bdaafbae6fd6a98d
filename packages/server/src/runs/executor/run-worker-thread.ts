import { Worker } from "node:worker_threads";
import { BallastError } from "@ballast/core/errors";
import type { PageActivity } from "@ballast/core/kernel";
import { CallGuard, type PolicyLimits } from "../../installed-policies/index.ts";
import type { Claim } from "../store/claim.ts";
import type { Outcome, ProgressReport } from "../worker/outcome.ts";
import type { ReexecutedRun } from "../worker/verify-run.ts";
import type { FromWorker, ToWorker, WorkerSetup } from "./messages.ts";
import { PolicyWatchdog } from "./policy-watchdog.ts";

/** What Node runs: the source, or what was built from it. */
const ENTRY = new URL(`../worker/run-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/** Of the threads that live. A process that ends waits for its threads, and a thread for its policy: that ends first. */
const WATCHED = new Set<CallGuard>();
process.on("exit", () => {
  for (const guard of WATCHED) guard.endProcess();
});

/** `died`: the thread ended by itself without saying why the run cannot continue. */
export type ThreadOutcome = Outcome | { readonly kind: "died"; readonly message: string };

/** A worker thread as its owner sees it: does one thing at a time, and is thrown away once it went wrong. */
export class RunWorkerThread {
  readonly #worker: Worker;
  readonly #guard: CallGuard;
  readonly #limits: PolicyLimits;
  #answer: ((message: FromWorker | { kind: "gone"; message: string } | { kind: "timeout" }) => void) | undefined;
  #onProgress: ((progress: ProgressReport) => void) | undefined;
  #onNotice: ((what: string) => void) | undefined;
  #onReached: ((position: number) => void) | undefined;
  #isUsable = true;
  #lastError = "";

  constructor(setup: Omit<WorkerSetup, "guard">) {
    const shared = new SharedArrayBuffer(CallGuard.BYTES);
    this.#guard = new CallGuard(shared);
    this.#limits = setup.policyLimits;
    this.#worker = new Worker(ENTRY, {
      workerData: { ...setup, guard: shared } satisfies WorkerSetup,
      name: "ballast run",
    });
    this.#worker.on("message", (message: FromWorker) => this.#hear(message));
    this.#worker.on("error", (error) => {
      this.#lastError = error instanceof Error ? error.message : String(error);
    });
    WATCHED.add(this.#guard);
    this.#worker.on("exit", (code) => {
      WATCHED.delete(this.#guard);
      this.#guard.endProcess();
      this.#isUsable = false;
      this.#answer?.({ kind: "gone", message: this.#lastError || `the worker thread ended with code ${code}` });
    });
  }

  /** False once it has died or was terminated. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  async execute(
    claim: Claim,
    onProgress: (progress: ProgressReport) => void,
    onNotice: (what: string) => void = () => undefined,
  ): Promise<ThreadOutcome> {
    this.#onProgress = onProgress;
    this.#onNotice = onNotice;
    const answer = await this.#ask({ kind: "execute", claim });
    this.#onProgress = undefined;
    switch (answer.kind) {
      case "outcome":
        return answer.outcome;
      case "timeout":
        return { kind: "failed", error: this.#timeoutError() };
      case "gone":
        return { kind: "died", message: answer.message };
      default:
        throw new Error(`a worker answered ${answer.kind} to a run`);
    }
  }

  /** @throws BallastError of the verification; POLICY_TIMEOUT. */
  async verify(run: number): Promise<ReexecutedRun> {
    const answer = await this.#ask({ kind: "verify", run });
    if (answer.kind === "verified") return answer.verified;
    throw this.#refusal(answer, `The verification of run ${run}`);
  }

  /** As `ActivityServer.answer`. A `cancel` makes it refuse. @throws BallastError, also POLICY_TIMEOUT. */
  async activity(run: number, position: number, onReached: (position: number) => void): Promise<PageActivity> {
    this.#onReached = onReached;
    const answer = await this.#ask({ kind: "activity", run, position });
    this.#onReached = undefined;
    if (answer.kind === "activity") return answer.activity;
    throw this.#refusal(answer, `The re-execution of run ${run} up to position ${position}`);
  }

  tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** A thread that waits for its policy's process ends with that. */
  async terminate(): Promise<void> {
    this.#isUsable = false;
    const ended = this.#worker.terminate();
    this.#guard.endProcess();
    await ended;
  }

  async #ask(message: ToWorker): Promise<FromWorker | { kind: "gone"; message: string } | { kind: "timeout" }> {
    if (!this.#isUsable) return { kind: "gone", message: this.#lastError || "the worker thread had ended" };
    const watchdog = new PolicyWatchdog(this.#guard, this.#limits, () => {
      this.#isUsable = false;
      void this.#worker.terminate().then(() => this.#answer?.({ kind: "timeout" }));
    });
    try {
      return await new Promise((resolve) => {
        this.#answer = (answer) => {
          // The thread that is terminated also exits: that it took too long is the reason.
          if (answer.kind === "gone" && !this.#isUsable && watchdog.hasBarked) return;
          resolve(answer);
        };
        this.tell(message);
      });
    } finally {
      watchdog.stop();
      this.#answer = undefined;
    }
  }

  #hear(message: FromWorker): void {
    if (message.kind === "progress") this.#onProgress?.(message.progress);
    else if (message.kind === "notice") this.#onNotice?.(message.what);
    else if (message.kind === "reached") this.#onReached?.(message.position);
    else this.#answer?.(message);
  }

  #refusal(answer: FromWorker | { kind: "gone"; message: string } | { kind: "timeout" }, what: string): BallastError {
    if (answer.kind === "timeout") return this.#timeoutError();
    if (answer.kind === "refused") return new BallastError(answer.error.code, answer.error.message);
    return new BallastError("INTERNAL", `${what} broke off: ${JSON.stringify(answer)}`);
  }

  #timeoutError(): BallastError {
    return new BallastError(
      "POLICY_TIMEOUT",
      `The policy did not come back within ${this.#limits.callMs} ms. The history up to there can be read; correct ` +
        "the policy " +
        "and start the scenario again.",
    );
  }
}
