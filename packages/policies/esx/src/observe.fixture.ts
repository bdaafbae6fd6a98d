import { hostObservation } from "@ballast/core/testing";
import {
  type Decision,
  type HostObservation,
  type Observation,
  type PolicyInstance,
  Prng,
  readParameters,
  vmId,
  type VmObservation,
} from "@ballast/core/policy";
import { policy } from "./index.ts";

export type Seen = Partial<VmObservation> & { readonly residentPages: number; readonly balloonTargetPages?: number };

/** A VM of 1,000 pages with 1,000 shares, fully active, whose balloon is at its target. */
export function seeVm({ balloonTargetPages: size = 0, ...changes }: Seen, index: number): VmObservation {
  const { configuredPages = 1000 } = changes;
  const capPages = Math.floor(0.65 * configuredPages);
  const balloon = { targetPages: size, sizePages: size, capPages };
  const id = { vm: vmId(index + 1), name: `vm-${index + 1}`, configuredPages, swappedPages: 0, isBusy: true };
  const rights = { shares: 1000, reservationPages: 0, limitPages: configuredPages };
  return { ...id, ...rights, balloon, activeFraction: 1, isSuspended: false, ...changes };
}

/** 1,000 frames, of which 60, 40, 20 and 10 are the marks. */
export function observe(
  freePages: number,
  seen: readonly Seen[],
  cause: Observation["cause"] = "memoryState",
  host: Partial<HostObservation> = {},
): Observation {
  const neededPages = cause === "shortage" ? 1 : 0;
  return { timeNs: 0, cause, neededPages, host: hostObservation(1000, freePages, host), vms: seen.map(seeVm) };
}

export function open(given: Readonly<Record<string, unknown>> = {}): PolicyInstance {
  const exact = { headroomFraction: 0, minChangeFraction: 0 };
  return policy.create(readParameters(policy.parameters, { ...exact, ...given }, "").values, Prng.named(1, "policy"));
}

/** What is decided, in short: the kind, the VM, and pages if there are some. */
export function tell(decisions: readonly Decision[]): string[] {
  return decisions.map((decision) => {
    const vm = "vm" in decision ? ` ${decision.vm}` : "";
    if (decision.kind === "StealPages" && "count" in decision.take) {
      const { count, order } = decision.take;
      return `page out${vm}: ${count} ${order} to ${decision.into ?? "swap"}`;
    }
    if (decision.kind === "SetBalloonTarget") return `balloon${vm}: ${decision.pages}`;
    if (decision.kind === "SharePages") return `scan: ${decision.pages}`;
    return `${decision.kind === "SuspendVm" ? "suspend" : "resume"}${vm}`;
  });
}
