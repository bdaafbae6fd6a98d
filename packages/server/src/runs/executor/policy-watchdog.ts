import { type CallGuard, MEMORY_POLL_MS, type PolicyLimits, residentMemory } from "../../installed-policies/index.ts";

/**
 * Checks, from outside a worker, that a policy returns from each call within its limit, and how much memory it takes if
 * it has a process of its own. Such a process is ended, and the worker continues; a worker that runs the policy itself cannot.
 */
export class PolicyWatchdog {
  readonly #guard: CallGuard;
  readonly #limits: PolicyLimits;
  readonly #timer: NodeJS.Timeout;
  readonly #bark: () => void;
  #call = 0;
  #sinceMs = 0;
  #hasBarked = false;
  #isLooking = false;

  /** `bark` is called once at most, for a worker whose own thread does not come back. */
  constructor(guard: CallGuard, limits: PolicyLimits, bark: () => void) {
    this.#guard = guard;
    this.#limits = limits;
    this.#bark = bark;
    const everyMs = Math.max(10, Math.min(MEMORY_POLL_MS, limits.callMs / 4));
    this.#timer = setInterval(() => this.#look(), everyMs);
    this.#timer.unref();
  }

  get hasBarked(): boolean {
    return this.#hasBarked;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    void this.#lookAtMemory();
    const call = this.#guard.openCall;
    const nowMs = performance.now();
    if (call === 0 || call !== this.#call) {
      this.#call = call;
      this.#sinceMs = nowMs;
    } else if (nowMs - this.#sinceMs >= this.#limitMs) this.#endCall();
  }

  get #limitMs(): number {
    const { callMs, loadMs } = this.#limits;
    return this.#guard.hasProcess && this.#guard.isLoading ? loadMs : callMs;
  }

  #endCall(): void {
    if (this.#guard.hasProcess) {
      this.#guard.endProcess("time");
      // The worker is notified immediately, but may have to wait for the processor.
      this.#sinceMs = performance.now();
      return;
    }
    this.stop();
    this.#hasBarked = true;
    this.#bark();
  }

  async #lookAtMemory(): Promise<void> {
    const pid = this.#guard.process;
    if (pid === 0 || this.#isLooking) return;
    this.#isLooking = true;
    const bytes = await residentMemory(pid);
    this.#isLooking = false;
    if (bytes > this.#limits.memoryBytes && this.#guard.process === pid) this.#guard.endProcess("memory");
  }
}
