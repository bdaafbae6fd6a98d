import type { ChildProcess } from "node:child_process";
import { closeSync } from "node:fs";
import { serialize } from "node:v8";
import { BallastError } from "@ballast/core/errors";
import { openBlockingPipes, readUpTo, writeAll } from "./blocking-pipes.ts";
import { type CallGuard, killGroup } from "./call-guard.ts";
import { endedError, type FaultPlace, limitError, tooLargeError } from "./process-faults.ts";
import { ENDED, LENGTH_BYTES, MAX_ANSWER_BYTES, type PolicyRequest } from "./protocol.ts";
import { type Answer, readAnswer } from "./read-answer.ts";
import { type PolicyLimits, type PolicySource, startPolicyProcess } from "./start-process.ts";

/** An exit status as the shell writes it, with room for more. */
const STATUS_BYTES = 16;

export type PolicyProcessOptions = {
  readonly source: PolicySource;
  readonly limits: PolicyLimits;
  /** Through which another thread sees calls that do not come back, and ends the process. */
  readonly guard: CallGuard;
  readonly who: string;
  readonly advice: string;
};

/**
 * The process of a policy as the thread of a kernel sees it: each call waits for its answer. It enforces no limit itself,
 * because the thread is blocked meanwhile; the watchdog that watches the guard does.
 */
export class PolicyProcess {
  readonly #options: PolicyProcessOptions;
  readonly #child: ChildProcess;
  readonly #write: number;
  readonly #read: number;
  #failure: BallastError | undefined;
  #isOpen = true;

  /** @throws BallastError POLICY_ENDED if no process can be started. */
  constructor(options: PolicyProcessOptions) {
    this.#options = options;
    const { write, childRead, read, childWrite } = openBlockingPipes();
    this.#child = startPolicyProcess(options.source, options.limits, ["pipe", "ignore", "ignore", childRead, childWrite]);
    closeSync(childRead);
    closeSync(childWrite);
    this.#write = write;
    this.#read = read;
    options.guard.group = this.#child.pid ?? 0;
  }

  /** Waits until it runs, which its first answer says. @throws BallastError POLICY_*. */
  start(): void {
    const answer = this.#watched(() => this.#receive());
    if (answer.kind === "started") this.#options.guard.process = answer.pid;
  }

  /**
   * Asks and waits. Once it has failed it is ended, and every further call fails alike.
   * @throws BallastError POLICY_TIMEOUT, POLICY_MEMORY, POLICY_ENDED, and what `readAnswer` throws.
   */
  call(request: PolicyRequest): Exclude<Answer, { readonly kind: "started" }> {
    const answer = this.#watched(() => {
      this.#send(request);
      return this.#receive();
    });
    this.#options.guard.endLoading();
    if (answer.kind === "started") throw this.#fail(endedError(this.#place(), undefined));
    return answer;
  }

  /** Ends the process. May be called more than once. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#options.guard.group = 0;
    if (this.#child.pid !== undefined) killGroup(this.#child.pid);
    this.#child.stdin?.destroy();
    closeSync(this.#write);
    closeSync(this.#read);
  }

  #watched(work: () => Answer): Answer {
    if (this.#failure !== undefined) throw this.#failure;
    const { guard } = this.#options;
    let failure: BallastError;
    guard.mark(true);
    try {
      return work();
    } catch (error) {
      if (!(error instanceof BallastError)) throw error;
      failure = error;
    } finally {
      guard.mark(false);
    }
    // Only now: a call that is on its way without a process would be taken for one of the worker's own thread.
    throw this.#fail(failure);
  }

  #fail(error: BallastError): BallastError {
    this.#failure = error;
    this.close();
    return error;
  }

  #place(): FaultPlace {
    const { who, advice, limits, guard } = this.#options;
    return { who, advice, limits, isLoading: guard.isLoading };
  }

  #send(request: PolicyRequest): void {
    const body = serialize(request);
    const length = Buffer.allocUnsafe(LENGTH_BYTES);
    length.writeUInt32LE(body.length);
    try {
      writeAll(this.#write, Buffer.concat([length, body]));
    } catch (error) {
      // The process is gone; what it left behind says why.
      if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
    }
  }

  #receive(): Answer {
    const head = readUpTo(this.#read, LENGTH_BYTES);
    const length = head.length < LENGTH_BYTES ? ENDED : head.readUInt32LE();
    if (length === ENDED) throw this.#ended(readUpTo(this.#read, STATUS_BYTES));
    if (length > MAX_ANSWER_BYTES) throw tooLargeError(this.#place(), length);
    const body = readUpTo(this.#read, length);
    if (body.length < length) throw this.#ended(body.subarray(body.lastIndexOf(0xff) + 1));
    return readAnswer(body, this.#place());
  }

  #ended(status: Buffer): BallastError {
    const { verdict } = this.#options.guard;
    if (verdict !== undefined) return limitError(this.#place(), verdict);
    const text = status.toString("latin1");
    return endedError(this.#place(), /^\d{1,3}$/.test(text) ? Number(text) : undefined);
  }
}
