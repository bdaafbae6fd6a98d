import type { PolicyGuard } from "../worker/policy-guard.ts";

/** Looks, from outside of the worker, whether a policy comes back from each call within its limit. */
export class PolicyWatchdog {
  readonly #timer: NodeJS.Timeout;
  #call = 0;
  #sinceMs = 0;
  #hasBarked = false;

  /** `bark` is called once at most. */
  constructor(guard: PolicyGuard, limitMs: number, bark: () => void) {
    this.#timer = setInterval(
      () => {
        const call = guard.openCall;
        const nowMs = performance.now();
        if (call === 0 || call !== this.#call) {
          this.#call = call;
          this.#sinceMs = nowMs;
        } else if (nowMs - this.#sinceMs >= limitMs) {
          this.stop();
          this.#hasBarked = true;
          bark();
        }
      },
      Math.max(10, Math.min(250, limitMs / 4)),
    );
    this.#timer.unref();
  }

  get hasBarked(): boolean {
    return this.#hasBarked;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
