import type { VmId } from "../ids/index.ts";

/** Why the policy is asked: its period is over, the memory state has changed, or a VM needs frames and none is free. */
export type ObservationCause = "period" | "memoryState" | "shortage";

export type MemoryStateName = "high" | "soft" | "hard" | "low";

/** What a hypervisor knows of its own host. All counts are pages of 4 KiB. */
export type HostObservation = {
  readonly framePages: number;
  readonly freePages: number;
  readonly overheadPages: number;
  readonly swapFreePages: number;
  readonly memoryState: MemoryStateName;
};

/** What a hypervisor knows of a VM. A field behind a capability is undefined without it. */
export type VmObservation = {
  readonly vm: VmId;
  readonly name: string;
  readonly configuredPages: number;
  readonly residentPages: number;
  readonly swappedPages: number;
  readonly shares: number;
  readonly reservationPages: number;
  readonly limitPages: number;
  /** False for a VM that has done all its work. */
  readonly isBusy: boolean;
  /** With `balloon`; null if the VM has no balloon driver. */
  readonly balloon?: { readonly targetPages: number; readonly sizePages: number; readonly capPages: number } | null;
  /** With `idleScan`: resident pages not accessed between the last two scans. */
  readonly idlePages?: number;
};

export type Observation = {
  readonly timeNs: number;
  readonly cause: ObservationCause;
  /** For a shortage: frames needed at once, else 0. */
  readonly neededPages: number;
  readonly host: HostObservation;
  /** VMs that are switched on, by ascending number. */
  readonly vms: readonly VmObservation[];
};
