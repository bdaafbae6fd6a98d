import { BallastError } from "@ballast/core/errors";
import { CAPABILITIES, type Capability, OBSERVED_ORDERS, type ObservedOrder } from "@ballast/core/policy";
import type { IsolatedPolicy } from "./installed-policy.ts";
import type { PolicyProcess } from "./process/policy-process.ts";

/** What a policy's functions of its parameters give for some of these. */
export type Settled = {
  readonly uses: readonly Capability[];
  readonly orders: readonly ObservedOrder[];
  readonly periodNs: number;
};

/** @throws BallastError POLICY_THREW, and POLICY_DECISION_INVALID for what the interface does not allow. */
export function readSettled(answer: ReturnType<PolicyProcess["call"]>, installed: IsolatedPolicy, who: string): Settled {
  if (answer.kind === "threw") {
    const text = `${who} threw in its periodNs, uses or orders: ${answer.message}`;
    throw new BallastError("POLICY_THREW", text);
  }
  const { uses, orders, periodNs } = (answer.value ?? {}) as { readonly [Key in keyof Settled]: unknown };
  return {
    uses: uses === null ? installed.requires : listOf(uses, Object.keys(CAPABILITIES) as Capability[], `${who}'s \`uses\``),
    orders: orders === null ? [] : listOf(orders, OBSERVED_ORDERS, `${who}'s \`orders\``),
    periodNs: periodOf(periodNs, who),
  };
}

function listOf<Item extends string>(given: unknown, items: readonly Item[], whose: string): Item[] {
  const isList = Array.isArray(given) && given.every((item) => (items as readonly unknown[]).includes(item));
  if (isList) return given as Item[];
  const text = `${whose} did not return a list of some of ${items.join(", ")}. Correct the policy.`;
  throw new BallastError("POLICY_DECISION_INVALID", text);
}

function periodOf(given: unknown, who: string): number {
  if (typeof given === "number" && Number.isSafeInteger(given) && given >= 0) return given;
  const found = typeof given === "number" ? String(given) : `a ${typeof given}`;
  const text = `${who} has a period of ${found}, but it must be a whole number of ns, 0 or more. Correct the policy.`;
  throw new BallastError("POLICY_DECISION_INVALID", text);
}
