import type { Workload } from "../workload/index.ts";

/**
 * The whole input of a run but for the policy's choice: parsed once, complete, and known to be right.
 * Counts are pages of 4 KiB, times simulated ns. `parseScenario` makes one from JSON.
 */
export type Scenario = {
  readonly name: string;
  /** One paragraph: what is to be seen. */
  readonly says: string;
  /** Fixes all chance; 0 to 2^53 - 1. */
  readonly seed: number;
  readonly mapping: "oneLevel" | "twoLevel";
  /** Of two-level mapping: `shadow` traps at every page-table update, `nested` only at a missing real map entry. */
  readonly mmu: "shadow" | "nested";
  /** The run ends at this simulated time, VMs without work stay idle until then; null: when every workload has finished. */
  readonly durationNs: number | null;
  /** Whether each page hit becomes an event. */
  readonly recordHits: boolean;
  /** Period of the samples; 0 for none. */
  readonly sampleNs: number;
  /** How far a VM's hits may run ahead of the VM that is furthest behind. Faults are always handled in time order. */
  readonly lookaheadNs: number;
  readonly host: HostSpec;
  /** Under one-level mapping exactly one: the native operating system (configuredPages = framePages). */
  readonly vms: readonly VmSpec[];
  /** Which policy the scenario is meant for; a run may name another. */
  readonly policy: PolicyChoice;
};

export type PolicyChoice = { readonly name: string; readonly parameters: Readonly<Record<string, unknown>> };

export type HostSpec = {
  readonly framePages: number;
  /** Frames of the hypervisor itself. */
  readonly overheadPages: number;
  /** Frames of the hypervisor for each VM. */
  readonly vmOverheadPages: number;
  /** Whether the sum of configured pages (plus overhead) may exceed the frames. */
  readonly overcommit: boolean;
  /** Highest sum of configured pages / frames that is admitted when overcommitting; null: no bound. */
  readonly maxOvercommitment: number | null;
  readonly swapPages: number;
  readonly swapDevice: DeviceSpec;
  /** Free frames at which a state ends, as fractions of all frames; each below the one before. */
  readonly memoryStates: { readonly soft: number; readonly hard: number; readonly low: number };
  readonly costs: Costs;
  /** Whether frames are zeroed before another use. Off only to show that the isolation tests can fail. */
  readonly zeroing: boolean;
};

/** A device serves one request after the other; a VM waits for reads, writes only keep the device busy. */
export type DeviceSpec = { readonly readNs: number; readonly writeNs: number };

/** Each cost in simulated ns; defaults and their sources are in `costs.ts`. */
export type Costs = {
  readonly trapNs: number;
  readonly hostFaultNs: number;
  readonly guestFaultNs: number;
  readonly zeroingNs: number;
  readonly balloonPageInNs: number;
  readonly balloonPageOutNs: number;
  readonly idleScanPageNs: number;
};

export type Replacement = "fifo" | "clock" | "lru";

export type VmSpec = {
  readonly name: string;
  readonly configuredPages: number;
  /** Real pages the guest's kernel keeps; touched when the VM starts, never replaced. */
  readonly kernelPages: number;
  readonly replacement: Replacement;
  /** Of clock: `set`, as a real MMU does at the faulting access, or `clear`, as textbooks do. */
  readonly referenceBitOnLoad: "set" | "clear";
  readonly shares: number;
  readonly reservationPages: number;
  readonly limitPages: number;
  /** Simulated time at which the VM is switched on. */
  readonly startNs: number;
  readonly disk: DeviceSpec;
  /** null: the guest has no balloon driver. */
  readonly balloon: BalloonSpec | null;
  readonly processes: readonly ProcessSpec[];
};

export type BalloonSpec = {
  readonly pollNs: number;
  /** Most pages taken or given back at one poll. */
  readonly pollPages: number;
  /** Most of the configured pages that the balloon may hold, 0 to 1. */
  readonly capFraction: number;
};

export type ProcessSpec = {
  readonly name: string;
  readonly virtualPages: number;
  /** Whether an untouched page is zeros, or is read from the guest's disk. */
  readonly backing: "anonymous" | "file";
  /** Time each access takes besides faults. */
  readonly accessNs: number;
  /** Names of single pages, for teaching: page number to name. */
  readonly pageNames: Readonly<Record<number, string>>;
  readonly workload: Workload;
};
