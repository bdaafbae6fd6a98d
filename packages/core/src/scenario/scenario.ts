import type { CompressionSpec } from "./compression-spec.ts";
import type { ScriptedCommand } from "./command.ts";
import type { MemoryStatePreset } from "../policy/index.ts";
import type { MemoryStateFractions } from "./memory-state-marks.ts";
import type { AgeScanSpec, ReuseSamplingSpec, SamplingSpec } from "./measuring-spec.ts";
import type { DeviceSpec, VmSpec } from "./vm-spec.ts";

/**
 * The whole input of a run but for the policy's choice: parsed once, complete, and known to be right.
 * Counts are pages of 4 KiB, times simulated ns. `parseScenario` makes one from JSON.
 */
export type Scenario = {
  readonly name: string;
  /** One paragraph: what is to be seen. */
  readonly description: string;
  /** Fixes all randomness; 0 to 2^53 - 1. */
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
  /** Commands that the run gives itself, by ascending time. */
  readonly script: readonly ScriptedCommand[];
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
  /** Whether a VM is admitted only if the swap can hold all of every VM that is not reserved in memory. */
  readonly swapReservation: boolean;
  readonly swapDevice: DeviceSpec;
  /** n: a swap-in reads an aligned window of 2^n slots in one request; undefined: nothing is read ahead. */
  readonly swapPageCluster: number | undefined;
  /** Most pages that are written to the swap by one request; undefined: each by its own. */
  readonly swapWriteClusterPages: number | undefined;
  /** The order in which a VM at its memory limit loses pages, unless the policy that sets the limit says another. */
  readonly limitOrder: "random" | "fifo" | "clock";
  readonly memoryStates: MemoryStatePreset | MemoryStateFractions;
  /** A memory state ends upwards only when free memory exceeds a mark by this part of it, 0 to 1. */
  readonly memoryStateMargin: number;
  readonly sampling: SamplingSpec;
  readonly reuseSampling: ReuseSamplingSpec;
  readonly ageScan: AgeScanSpec;
  readonly compression: CompressionSpec;
  readonly costs: Costs;
  /** Whether frames are zeroed before another use. Off only to show that the isolation tests can fail. */
  readonly zeroing: boolean;
};

/** Each cost in simulated ns; defaults and their sources are in `costs.ts`. */
export type Costs = {
  readonly trapNs: number;
  readonly hostFaultNs: number;
  readonly guestFaultNs: number;
  readonly zeroingNs: number;
  readonly balloonPageInNs: number;
  readonly balloonPageOutNs: number;
  readonly reportPageNs: number;
  readonly idleScanPageNs: number;
  readonly guestReclaimNs: number;
  readonly sampledPageNs: number;
  readonly sharingReadPageNs: number;
  readonly copyPageNs: number;
  readonly decompressionNs: number;
};
