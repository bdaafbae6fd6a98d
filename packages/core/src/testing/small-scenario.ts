import type { Policy } from "../policy/index.ts";
import {
  AGE_SCAN_DEFAULTS,
  COMPRESSED_FRACTION,
  COMPRESSION_DEFAULTS,
  COST_DEFAULTS,
  type Costs,
  DEVICE_PROFILES,
  type HostSpec,
  REUSE_SAMPLING_DEFAULTS,
  SAMPLING_DEFAULTS,
  type Scenario,
  type VmSpec,
} from "../scenario/index.ts";
import type { Workload } from "../workload/index.ts";

const costs = Object.fromEntries(Object.entries(COST_DEFAULTS).map(([name, cost]) => [name, cost.ns])) as Costs;

/** A host of a few frames without overhead, overcommitted, with ample swap. */
export function smallHost(framePages: number, changes: Partial<HostSpec> = {}): HostSpec {
  return {
    framePages,
    overheadPages: 0,
    vmOverheadPages: 0,
    overcommit: true,
    maxOvercommitment: null,
    swapPages: 4 * framePages,
    swapReservation: false,
    swapDevice: DEVICE_PROFILES.ssd.spec,
    swapPageCluster: undefined,
    swapWriteClusterPages: undefined,
    limitOrder: "random",
    memoryStates: { soft: 0.06, hard: 0.04, low: 0.02 },
    memoryStateMargin: 0.125,
    sampling: SAMPLING_DEFAULTS,
    reuseSampling: REUSE_SAMPLING_DEFAULTS,
    ageScan: AGE_SCAN_DEFAULTS,
    compression: COMPRESSION_DEFAULTS,
    costs,
    zeroing: true,
    ...changes,
  };
}

/** A VM with one anonymous process. */
export function smallVm(
  name: string,
  configuredPages: number,
  workload: Workload,
  changes: Partial<VmSpec> & { virtualPages?: number } = {},
): VmSpec {
  const { virtualPages, ...specChanges } = changes;
  return {
    name,
    configuredPages,
    kernelPages: 0,
    replacement: "clock",
    swappiness: 60,
    watermarks: null,
    referenceBitOnLoad: "set",
    shares: 1000,
    reservationPages: 0,
    limitPages: configuredPages,
    startNs: 0,
    largePages: false,
    disk: DEVICE_PROFILES.ssd.spec,
    balloon: { driver: "simple", pollNs: 1_000_000, pollPages: 16, capFraction: 0.65 },
    files: [],
    processes: [
      {
        name: "process",
        virtualPages: virtualPages ?? configuredPages,
        backing: "anonymous",
        image: null,
        compressedFraction: COMPRESSED_FRACTION,
        accessNs: 100,
        atEnd: "keep",
        pageNames: {},
        workload,
      },
    ],
    ...specChanges,
  };
}

/** A two-level scenario with `nested` page tables, unless told otherwise. */
export function smallScenario(host: HostSpec, vms: readonly VmSpec[], changes: Partial<Scenario> = {}): Scenario {
  return {
    name: "small",
    description: "made by a test",
    seed: 1,
    mapping: "twoLevel",
    mmu: "nested",
    durationNs: null,
    recordHits: false,
    sampleNs: 0,
    lookaheadNs: 0,
    host,
    vms,
    script: [],
    policy: { name: "quiet", parameters: {} },
    ...changes,
  };
}

/** Explicit accesses: "3" loads page 3, "w3" stores to it. */
export function references(text: string): Workload {
  return { kind: "references", references: text.split(" ").filter((reference) => reference !== "") };
}

/** A policy from its decisions alone, without state or parameters. */
export function policyOf(decide: ReturnType<Policy["create"]>["decide"], changes: Partial<Policy> = {}): Policy {
  return {
    apiVersion: 1,
    name: "quiet",
    version: "1.0.0",
    description: "made by a test",
    requires: ["balloon", "steal", "idleScan"],
    parameters: {},
    periodNs: () => 1_000_000,
    create: () => ({ decide, save: () => null, load: () => {} }),
    ...changes,
  };
}

/** Asks for nothing. */
export const quietPolicy: Policy = policyOf(() => [], { requires: [] });
