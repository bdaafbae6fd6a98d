import { BallastError } from "@ballast/core/errors";
import type { Policy, PolicyInstance } from "@ballast/core/policy";

/** Numbers shared between a worker and the thread that watches it: how often a policy was entered, and left. */
export class PolicyGuard {
  static readonly BYTES = 2 * Int32Array.BYTES_PER_ELEMENT;
  readonly #counts: Int32Array;

  constructor(shared: SharedArrayBuffer) {
    this.#counts = new Int32Array(shared);
  }

  /** In the worker: the policy's code begins or has ended. */
  mark(isInside: boolean): void {
    Atomics.add(this.#counts, isInside ? 0 : 1, 1);
  }

  /** In the watching thread: the number of the call that has not come back; 0 if none is on its way. */
  get openCall(): number {
    const entered = Atomics.load(this.#counts, 0);
    return entered === Atomics.load(this.#counts, 1) ? 0 : entered;
  }
}

/**
 * The policy with everything besides `decide` watched as well; the kernel itself marks that. What throws there is the
 * policy's fault, not the program's.
 */
export function guardPolicy(policy: Policy, guard: PolicyGuard): Policy {
  const watched = <Result>(what: string, work: () => Result): Result => {
    guard.mark(true);
    try {
      return work();
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const text = `The policy ${policy.name} ${policy.version} threw in its ${what}: ${why}`;
      throw new BallastError("POLICY_THREW", text, { cause: thrown });
    } finally {
      guard.mark(false);
    }
  };
  return {
    ...policy,
    periodNs: (parameters) => watched("periodNs", () => policy.periodNs(parameters)),
    create: (parameters, prng) => {
      const instance = watched("create", () => policy.create(parameters, prng));
      return guardInstance(instance, watched);
    },
  };
}

function guardInstance(
  instance: PolicyInstance,
  watched: <Result>(what: string, work: () => Result) => Result,
): PolicyInstance {
  return {
    decide: (observation) => instance.decide(observation),
    save: () => watched("save", () => instance.save()),
    load: (saved) => watched("load", () => instance.load(saved)),
  };
}
