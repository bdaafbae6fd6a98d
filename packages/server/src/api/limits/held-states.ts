import { BallastError } from "@ballast/core/errors";
import type { MachineTables } from "@ballast/core/memory";
import { machineBytes, type StateLease } from "../../history/index.ts";
import type { Limits } from "./limits.ts";

/** Operations of a server that may hold states at a time; others wait until one of them ends. */
const MAX_HOLDERS = 8;

/** Whose turn it is to hold states. Operations come in the order in which they ask. */
export class StateGate {
  #holders = 0;
  readonly #waiting = new Set<() => void>();

  /** Resolves with what lets the next one in. @throws what the signal was aborted with. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#holders >= MAX_HOLDERS) await this.#turn(signal);
    this.#holders++;
    return () => {
      this.#holders--;
      const [next] = this.#waiting;
      next?.();
    };
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(go);
        signal.removeEventListener("abort", stop);
      };
      const go = (): void => {
        leave();
        resolve();
      };
      const stop = (): void => {
        leave();
        reject(signal.reason as Error);
      };
      this.#waiting.add(go);
      signal.addEventListener("abort", stop, { once: true });
    });
  }
}

type Parts = {
  readonly gate: StateGate;
  readonly signal: AbortSignal;
  readonly limits: Pick<Limits, "maxStateBytes">;
};

/**
 * The states that one operation looks at. They are restored one after the other, held until the answer is complete, and all together
 * no larger than the limit.
 */
export class HeldStates {
  readonly #parts: Parts;
  readonly #leases = new Set<StateLease>();
  readonly #machines = new Set<MachineTables>();
  #bytes = 0;
  #entered: Promise<() => void> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws BallastError QUERY_TOO_EXPENSIVE where the states would take too much memory; what the signal was aborted with. */
  lease(make: () => Promise<StateLease>): Promise<MachineTables> {
    return this.inTurn(async () => {
      this.#requireRoom();
      const lease = await make();
      this.#leases.add(lease);
      if (!this.#machines.has(lease.machine)) this.#bytes += machineBytes(lease.machine);
      this.#machines.add(lease.machine);
      return lease.machine;
    });
  }

  /** Work with states of its own, which are gone when it ends. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const { gate, signal } = this.#parts;
    this.#entered ??= gate.enter(signal);
    const done = this.#last.then(async () => {
      await this.#entered;
      signal.throwIfAborted();
      return await work();
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /**
   * Ends the holding. Without `complete` a resolver may still be at work on a state: its memory is then left to the garbage
   * collector.
   */
  release({ complete }: { readonly complete: boolean }): void {
    if (complete) for (const lease of this.#leases) lease.release();
    this.#leases.clear();
    this.#machines.clear();
    // Not before what is under way has ended: it takes memory until then.
    void this.#last.then(() => this.#entered?.then((leave) => leave())).catch(() => undefined);
  }

  #requireRoom(): void {
    const { maxStateBytes } = this.#parts.limits;
    if (this.#bytes <= maxStateBytes) return;
    throw new BallastError(
      "QUERY_TOO_EXPENSIVE",
      `the ${this.#machines.size} moments of the query take ${this.#bytes} bytes; the limit is ${maxStateBytes}: ask for fewer moments at a time`,
    );
  }
}
