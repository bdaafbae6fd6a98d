import { BallastError } from "@ballast/core/errors";
import type { Policy, PolicyInstance } from "@ballast/core/policy";
import type { CallGuard } from "../../installed-policies/index.ts";

/**
 * A policy of the kernel's own thread with everything besides `decide` watched as well; the kernel itself marks that. What
 * throws there is the policy's fault, not the program's.
 */
export function guardPolicy(policy: Policy, guard: CallGuard): Policy {
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

function guardInstance(instance: PolicyInstance, watched: <Result>(what: string, work: () => Result) => Result): PolicyInstance {
  return {
    decide: (observation) => instance.decide(observation),
    save: () => watched("save", () => instance.save()),
    load: (saved) => watched("load", () => instance.load(saved)),
  };
}
