import fc from "fast-check";
import { vmId } from "../ids/index.ts";
import type { Capability, HostObservation, Observation, VmObservation } from "../policy/index.ts";

const MOST_PAGES = 1_000_000;

/** A VM as the kernel could show it, to a policy that may see so much. */
function vmArbitrary(index: number, capabilities: readonly Capability[]): fc.Arbitrary<VmObservation> {
  const part = fc.nat(1_000_000).map((millionths) => millionths / 1_000_000);
  return fc
    .record({
      configuredPages: fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: MOST_PAGES })),
      shares: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1_000_000_000 })),
      resident: fc.oneof(fc.constantFrom(0, 1), part),
      idle: fc.oneof(fc.constantFrom(0, 1), part),
      swapped: part,
      limit: fc.oneof(fc.constant(1), part),
      reservation: fc.oneof(fc.constant(0), part),
      cap: fc.constantFrom(0, 0.65, 1),
      size: part,
      target: part,
      hasDriver: fc.integer({ min: 0, max: 3 }).map((draw) => draw > 0),
      isBusy: fc.boolean(),
    })
    .map((drawn) => observationOfVm(index, drawn, capabilities));
}

type Drawn = {
  readonly [
    part in
      | "configuredPages"
      | "shares"
      | "resident"
      | "idle"
      | "swapped"
      | "limit"
      | "reservation"
      | "cap"
      | "size"
      | "target"
  ]: number;
} & { readonly hasDriver: boolean; readonly isBusy: boolean };

/** What was drawn are fractions, so that sizes fit into each other. */
function observationOfVm(index: number, drawn: Drawn, capabilities: readonly Capability[]): VmObservation {
  const { configuredPages, shares, isBusy } = drawn;
  const pages = (fraction: number, of: number): number => Math.floor(fraction * of);
  const capPages = pages(drawn.cap, configuredPages);
  const sizePages = pages(drawn.size, capPages);
  const residentPages = pages(drawn.resident, configuredPages - sizePages);
  const limitPages = Math.max(1, pages(drawn.limit, configuredPages));
  const balloon = drawn.hasDriver ? { targetPages: pages(drawn.target, capPages), sizePages, capPages } : null;
  return {
    vm: vmId(index + 1),
    name: `vm-${index + 1}`,
    configuredPages,
    residentPages,
    swappedPages: pages(drawn.swapped, configuredPages - sizePages - residentPages),
    shares,
    reservationPages: pages(drawn.reservation, limitPages),
    limitPages,
    isBusy,
    ...(capabilities.includes("balloon") ? { balloon } : {}),
    ...(capabilities.includes("idleScan") ? { idlePages: pages(drawn.idle, residentPages) } : {}),
  };
}

/** Observations as the kernel could make them for a policy with these capabilities; from 0 to 6 VMs, some extreme. */
export function observationArbitrary(capabilities: readonly Capability[]): fc.Arbitrary<Observation> {
  const vms = fc
    .nat(6)
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => vmArbitrary(i, capabilities))));
  const host = fc.record({
    freePages: fc.oneof(fc.constant(0), fc.nat(MOST_PAGES)),
    overheadPages: fc.nat(1000),
    swapFreePages: fc.oneof(fc.constant(0), fc.nat(MOST_PAGES)),
    memoryState: fc.constantFrom("high" as const, "soft" as const, "hard" as const, "low" as const),
  });
  const cause = fc.constantFrom("period" as const, "memoryState" as const, "shortage" as const);
  return fc
    .tuple(vms, host, cause, fc.integer({ min: 0, max: 1e12 }))
    .map(([seen, shown, why, timeNs]) => observationOf(seen, shown, why, timeNs));
}

function observationOf(
  vms: readonly VmObservation[],
  shown: Omit<HostObservation, "framePages">,
  cause: Observation["cause"],
  timeNs: number,
): Observation {
  const freePages = cause === "shortage" ? 0 : shown.freePages;
  const resident = vms.reduce((sum, vm) => sum + vm.residentPages, 0);
  const framePages = Math.max(1, resident + shown.overheadPages + freePages);
  return { timeNs, cause, neededPages: cause === "shortage" ? 1 : 0, host: { ...shown, freePages, framePages }, vms };
}
