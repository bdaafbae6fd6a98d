import fc from "fast-check";
import { vmId } from "../ids/index.ts";
import {
  type Capability,
  type GuestStats,
  type HostObservation,
  MEMORY_STATE_PRESETS,
  type MissRatioCurve,
  type Observation,
  type VmObservation,
} from "../policy/index.ts";

const MAX_PAGES = 1_000_000;

/** A VM as the kernel could show it, to a policy that may see so much. */
function vmArbitrary(index: number, capabilities: readonly Capability[]): fc.Arbitrary<VmObservation> {
  const part = fc.nat(1_000_000).map((millionths) => millionths / 1_000_000);
  return fc
    .record({
      configuredPages: fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: MAX_PAGES })),
      shares: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1_000_000_000 })),
      resident: fc.oneof(fc.constantFrom(0, 1), part),
      idle: fc.oneof(fc.constantFrom(0, 1), part),
      swapped: part,
      limit: fc.oneof(fc.constant(1), part),
      reservation: fc.oneof(fc.constant(0), part),
      cap: fc.constantFrom(0, 0.65, 1),
      size: part,
      target: part,
      active: fc.oneof(fc.constant(0), fc.constant(1), part),
      committed: part,
      free: fc.oneof(fc.constant(0), fc.constant(1), part),
      stallNs: fc.oneof(fc.constant(0), fc.nat(1_000_000_000)),
      majorFaults: fc.oneof(fc.constant(0), fc.nat(1_000_000)),
      hasDriver: fc.integer({ min: 0, max: 3 }).map((draw) => draw > 0),
      isBusy: fc.boolean(),
      isSuspended: fc.boolean(),
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
      | "active"
      | "committed"
      | "free"
      | "stallNs"
      | "majorFaults"
  ]: number;
} & { readonly hasDriver: boolean; readonly isBusy: boolean; readonly isSuspended: boolean };

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
    ...seenWith(capabilities, {
      balloon: () => ({ balloon }),
      idleScan: () => ({ idlePages: pages(drawn.idle, residentPages) }),
      activeSample: () => ({ activeFraction: drawn.active }),
      pageAges: () => ({ pageAges: agesOf(residentPages, drawn) }),
      guestStats: () => ({ guest: balloon && guestOf(configuredPages - sizePages, drawn) }),
      guestCommitment: () => ({ committedPages: balloon && pages(drawn.committed * 2, configuredPages) }),
      pressure: () => ({ stallNs: drawn.stallNs }),
      memoryLimit: () => ({ memoryLimitPages: Math.max(1, pages(drawn.active, limitPages)) }),
      freePageReporting: () => ({ canReportFreePages: drawn.hasDriver }),
      suspend: () => ({ isSuspended: drawn.isSuspended }),
      compression: () => ({ compression: { compressedPages: pages(drawn.free, 1000), cacheFramePages: pages(drawn.free, 500) } }),
      missRatioCurve: () => ({ missRatioCurve: curveOf(configuredPages, drawn) }),
      foresight: () => ({
        missRatioCurve: curveOf(configuredPages, drawn),
        furthestAccessNs: residentPages === 0 ? null : drawn.isSuspended ? Number.MAX_SAFE_INTEGER : drawn.stallNs,
      }),
    }),
  };
}

type Part = Partial<VmObservation>;

function seenWith(capabilities: readonly Capability[], parts: Partial<Record<Capability, () => Part>>): Part {
  return Object.assign({}, ...capabilities.map((capability) => parts[capability]?.())) as Part;
}

/** The ages of all resident pages: those of the first scans as drawn, the rest the oldest. */
function agesOf(residentPages: number, { idle, active, free }: Drawn): number[] {
  let left = residentPages;
  const ages = [active, idle, free].map((fraction) => {
    const young = Math.floor(fraction * left);
    left -= young;
    return young;
  });
  return [...ages, left];
}

function guestOf(totalPages: number, { free, active, majorFaults }: Drawn): GuestStats {
  const freePages = Math.floor(free * totalPages);
  const availablePages = freePages + Math.floor(active * (totalPages - freePages));
  const pageIns = Math.floor(majorFaults * free);
  return { totalPages, freePages, availablePages, majorFaults, minorFaults: 2 * majorFaults, pageOuts: pageIns, pageIns };
}

function curveOf(configuredPages: number, { active, idle, majorFaults }: Drawn): MissRatioCurve {
  const stepPages = Math.max(1, Math.ceil(configuredPages / 4));
  const missRatios = [1, Math.max(active, idle), Math.min(active, idle), Math.min(active, idle) / 2];
  return { stepPages, missRatios, accesses: majorFaults };
}

/** Observations as the kernel could make them for a policy with these capabilities; from 0 to 6 VMs, some extreme. */
export function observationArbitrary(capabilities: readonly Capability[]): fc.Arbitrary<Observation> {
  const vms = fc.nat(6).chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => vmArbitrary(i, capabilities))));
  const host = fc.record({
    freePages: fc.oneof(fc.constant(0), fc.nat(MAX_PAGES)),
    overheadPages: fc.nat(1000),
    swapFreePages: fc.oneof(fc.constant(0), fc.nat(MAX_PAGES)),
    memoryStatePreset: fc.constantFrom(null, ...MEMORY_STATE_PRESETS),
    memoryState: fc.constantFrom("high" as const, "clear" as const, "soft" as const, "hard" as const, "low" as const),
  });
  const cause = fc.constantFrom("period" as const, "memoryState" as const, "shortage" as const);
  return fc
    .tuple(vms, host, cause, fc.integer({ min: 0, max: 1e12 }))
    .map(([seen, shown, why, timeNs]) => observationOf(seen, shown, why, timeNs, capabilities));
}

function observationOf(
  vms: readonly VmObservation[],
  shown: Omit<HostObservation, "framePages" | "marks">,
  cause: Observation["cause"],
  timeNs: number,
  capabilities: readonly Capability[],
): Observation {
  const freePages = cause === "shortage" ? 0 : shown.freePages;
  const resident = vms.reduce((sum, vm) => sum + vm.residentPages, 0);
  const framePages = Math.max(1, resident + shown.overheadPages + freePages);
  const sharing = capabilities.includes("pageSharing") ? { sharing: { framePages: 3, sharedPages: 7 } } : {};
  const host = { ...shown, freePages, framePages, marks: marksOf(framePages), ...sharing };
  return { timeNs, cause, neededPages: cause === "shortage" ? 1 : 0, host, vms };
}

/** Those of ESX 2 (C. A. Waldspurger, OSDI 2002, section 6.3). */
export function marksOf(framePages: number): HostObservation["marks"] {
  return { highPages: 0.06 * framePages, softPages: 0.04 * framePages, hardPages: 0.02 * framePages, lowPages: 0.01 * framePages };
}

/** A host with ample swap, in the memory state that its free frames make. */
export function hostObservation(framePages: number, freePages: number, changes: Partial<HostObservation> = {}): HostObservation {
  const marks = marksOf(framePages);
  const { softPages, hardPages, lowPages } = marks;
  const below = freePages < lowPages ? "low" : freePages < hardPages ? "hard" : "soft";
  const memoryState = freePages < softPages ? below : "high";
  return { framePages, freePages, overheadPages: 0, swapFreePages: 2 ** 28, memoryState, memoryStatePreset: null, marks, ...changes };
}
