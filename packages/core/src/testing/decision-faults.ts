import type { Capability, Decision, Observation, VmObservation } from "../policy/index.ts";

/** Figures are recorded in millionths, which must stay exact. */
const LARGEST_FIGURE = Number.MAX_SAFE_INTEGER / 1_000_000;

/** What would make the kernel refuse a decision, or has no effect that anyone could want; as sentences. */
export function findDecisionFaults(
  decision: Decision,
  observation: Observation,
  capabilities: readonly Capability[],
): string[] {
  const vm = observation.vms.find((candidate) => candidate.vm === decision.vm);
  if (vm === undefined) return [`${decision.kind} is for VM ${decision.vm}, which is not there`];
  const faults: string[] = [];
  if (typeof decision.reason !== "string" || decision.reason === "") faults.push(`${decision.kind} has no reason`);
  for (const [name, value] of Object.entries(decision.figures ?? {})) {
    if (!Number.isFinite(value) || Math.abs(value) > LARGEST_FIGURE) faults.push(`its figure ${name} is ${value}`);
  }
  const needed: Capability = decision.kind === "SetBalloonTarget" ? "balloon" : "steal";
  if (!capabilities.includes(needed)) faults.push(`${decision.kind} needs \`${needed}\`, which is not declared`);
  return [...faults, ...findAmountFaults(decision, vm, capabilities)];
}

function findAmountFaults(decision: Decision, vm: VmObservation, capabilities: readonly Capability[]): string[] {
  if (decision.kind === "SetBalloonTarget") {
    if (vm.balloon === null) return ["it sets a target for a VM without a balloon driver"];
    return isCount(decision.pages) ? [] : [`its target is ${decision.pages} pages`];
  }
  const { take } = decision;
  if ("realPages" in take) {
    const isPage = (page: number): boolean => isCount(page) && page < vm.configuredPages;
    return take.realPages.every(isPage) ? [] : ["it steals a real page that the VM does not have"];
  }
  if (!isCount(take.count)) return [`its count is ${take.count} pages`];
  if (take.count > vm.residentPages) return [`it steals ${take.count} pages of ${vm.residentPages} resident ones`];
  if (take.order === "idle" && !capabilities.includes("idleScan"))
    return ["its order idle needs `idleScan`, which is not declared"];
  return [];
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
