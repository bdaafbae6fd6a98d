import { DecisionKind, VictimOrder } from "../../../events/index.ts";
import type { Capability, StealOrder, StealPages, StealPlace } from "../../../policy/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { MAX_AGE_SCANS } from "../../state/measuring/page-ages.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { stealPage } from "../../hypervisor/stealing/steal-page.ts";
import { stealPages } from "../../hypervisor/stealing/steal-in-order.ts";
import type { DecisionMechanism } from "./decision-mechanism.ts";
import { findOrderFault } from "./order-fault.ts";
import { isCount, recordClamp, recordDecision, shortfallOfSteal } from "./record-decision.ts";

const code = DecisionKind.StealPages;

export const stealPagesDecision: DecisionMechanism<"StealPages"> = {
  code,
  changesTimes: false,
  needs: (decision) => ["steal", ...needsOfTake(decision), ...needsOfPlace(decision)],
  findFault(host, vm, { take, into }) {
    if (into !== undefined && into !== "swap" && into !== "compression") return `there is no place ${String(into)}`;
    if ("count" in take) {
      if (!isCount(take.count)) return `the count must be a whole number from 0, not ${take.count}`;
      return findOrderFault(host, take.order) ?? findAgeFault(take);
    }
    const { vm: number, configuredPages } = vm.memory;
    const missing = take.realPages.find((page) => !isCount(page) || page >= configuredPages);
    if (missing === undefined) return undefined;
    return `VM ${number} has real pages 0 to ${configuredPages - 1}, and no page ${missing}`;
  },
  carryOut(host, vm, decision, number) {
    const { take } = decision;
    const wanted = "count" in take ? take.count : take.realPages.length;
    if (wanted === 0) return;
    recordDecision(host, decision, code, wanted, number);
    const into = decision.into ?? "swap";
    const done = "count" in take ? stealPages(host, vm, take.count, { ...take, into }) : stealChosen(host, vm, take.realPages, into);
    if (done === wanted) return;
    recordClamp(host, decision, { code, cause: shortfallOfSteal(host, vm), done, number });
  },
};

function findAgeFault({ order, minimumAgeScans = 0 }: Extract<StealPages["take"], { readonly count: unknown }>): string | undefined {
  const isAge = isCount(minimumAgeScans) && minimumAgeScans <= MAX_AGE_SCANS;
  if (!isAge) return `the least age must be a whole number of scans from 0 to ${MAX_AGE_SCANS}, not ${minimumAgeScans}`;
  return minimumAgeScans === 0 || order === "age" ? undefined : `a least age is for the order age, not for ${order}`;
}

function needsOfTake({ take }: StealPages): readonly Capability[] {
  return "count" in take ? needsOfOrder(take.order) : [];
}

/** What the place needs into which stolen pages are to go. */
export function needsOfPlace({ into }: Pick<StealPages, "into">): readonly Capability[] {
  return into === "compression" ? ["compression"] : [];
}

/** What an order of victims needs besides the right to take them. */
export function needsOfOrder(order: StealOrder): readonly Capability[] {
  switch (order) {
    case "idle":
      return ["idleScan"];
    case "age":
      return ["pageAges"];
    case "lru":
    case "furthest":
      return ["foresight"];
    default:
      return [];
  }
}

type RealPages = Extract<StealPages["take"], { readonly realPages: unknown }>["realPages"];

function stealChosen(host: HostRuntime, vm: VmRuntime, realPages: RealPages, into: StealPlace): number {
  let stolen = 0;
  for (const page of realPages) {
    if (vm.memory.isResident(page) && stealPage(host, vm, page, VictimOrder.Chosen, into)) stolen++;
  }
  host.swapWriter.flush();
  return stolen;
}
