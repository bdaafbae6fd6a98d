import {
  type Capability,
  type Decision,
  type Observation,
  OBSERVED_ORDERS,
  type PolicyRights,
  type SharePages,
  SHARING_STYLES,
  STEAL_ORDERS,
  type StealOrder,
  type StealPages,
  type VmObservation,
} from "../policy/index.ts";

/** Figures are recorded in millionths, which must stay exact. */
const LARGEST_FIGURE = Number.MAX_SAFE_INTEGER / 1_000_000;

/** What would make the kernel refuse a decision, or has no effect that anyone could want; as sentences. */
export function findDecisionFaults(decision: Decision, observation: Observation, { capabilities, orders }: PolicyRights): string[] {
  const faults: string[] = [];
  if (typeof decision.reason !== "string" || decision.reason === "") faults.push(`${decision.kind} has no reason`);
  for (const [name, value] of Object.entries(decision.figures ?? {})) {
    if (!Number.isFinite(value) || Math.abs(value) > LARGEST_FIGURE) faults.push(`its figure ${name} is ${value}`);
  }
  for (const needed of needsOf(decision)) {
    if (!capabilities.includes(needed)) faults.push(`${decision.kind} needs \`${needed}\`, which is not declared`);
  }
  const order = orderOf(decision);
  if (OBSERVED_ORDERS.some((observed) => observed === order && !orders.includes(observed))) {
    faults.push(`${decision.kind} asks for the order ${order}, which is not declared`);
  }
  if (!("vm" in decision)) return [...faults, ...findSharingFaults(decision)];
  const vm = observation.vms.find((candidate) => candidate.vm === decision.vm);
  if (vm === undefined) return [...faults, `${decision.kind} is for VM ${decision.vm}, which is not there`];
  return [...faults, ...findAmountFaults(decision, vm)];
}

function needsOf(decision: Decision): Capability[] {
  switch (decision.kind) {
    case "SetBalloonTarget":
      return ["balloon"];
    case "StealPages":
      return ["steal", ...("count" in decision.take ? needsOfOrder(decision.take.order) : []), ...needsOfPlace(decision)];
    case "SetMemoryLimit":
      return ["memoryLimit", ...needsOfOrder(decision.order), ...needsOfPlace(decision)];
    case "SuspendVm":
    case "ResumeVm":
      return ["suspend"];
    case "SharePages":
      return ["pageSharing"];
    case "SetFreePageReporting":
      return ["freePageReporting"];
  }
}

function orderOf(decision: Decision): StealOrder | undefined {
  if (decision.kind === "SetMemoryLimit") return decision.order;
  return decision.kind === "StealPages" && "count" in decision.take ? decision.take.order : undefined;
}

function needsOfOrder(order: string): Capability[] {
  if (order === "idle") return ["idleScan"];
  if (order === "age") return ["pageAges"];
  return order === "lru" || order === "furthest" ? ["foresight"] : [];
}

function needsOfPlace({ into }: Pick<StealPages, "into">): Capability[] {
  return into === "compression" ? ["compression"] : [];
}

function findSharingFaults({ pages, style }: SharePages): string[] {
  const isKnown = style === undefined || SHARING_STYLES.includes(style);
  return [...findCountFault(pages), ...(isKnown ? [] : [`there is no style of sharing ${style}`])];
}

function findAmountFaults(decision: Extract<Decision, { vm: unknown }>, vm: VmObservation): string[] {
  switch (decision.kind) {
    case "SetBalloonTarget":
      if (vm.balloon === null) return ["it sets a target for a VM without a balloon driver"];
      return findCountFault(decision.pages, "target");
    case "StealPages":
      return findStealFaults(decision, vm);
    case "SetMemoryLimit":
      return [...findCountFault(decision.pages), ...findOrderFault(decision.order)];
    case "SetFreePageReporting": {
      const { order, delayNs, blocksAtOnce } = decision;
      if (vm.canReportFreePages === false) return ["it has a guest report free pages whose driver cannot"];
      const isWhole = isCount(order) && order <= 20 && isCount(delayNs) && isCount(blocksAtOnce) && blocksAtOnce > 0;
      return isWhole ? [] : [`it reports blocks of order ${order} after ${delayNs} ns, ${blocksAtOnce} in a call`];
    }
    default:
      return [];
  }
}

function findStealFaults({ take }: StealPages, vm: VmObservation): string[] {
  if ("realPages" in take) {
    const isPage = (page: number): boolean => isCount(page) && page < vm.configuredPages;
    return take.realPages.every(isPage) ? [] : ["it steals a real page that the VM does not have"];
  }
  const faults = [...findCountFault(take.count), ...findOrderFault(take.order)];
  if (take.count > vm.residentPages) faults.push(`it steals ${take.count} pages of ${vm.residentPages} resident ones`);
  const { minimumAgeScans = 0 } = take;
  const isAge = isCount(minimumAgeScans) && minimumAgeScans <= 255 && (take.order === "age" || minimumAgeScans === 0);
  if (!isAge) faults.push(`its least age is ${minimumAgeScans} scans, of order ${take.order}`);
  return faults;
}

function findOrderFault(order: string): string[] {
  return (STEAL_ORDERS as readonly string[]).includes(order) ? [] : [`there is no order ${order}`];
}

function findCountFault(pages: number, what = "count"): string[] {
  return isCount(pages) ? [] : [`its ${what} is ${pages} pages`];
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
