import type { VmId } from "../ids/index.ts";
import type { MemoryStatePreset } from "./memory-state-presets.ts";
import type { MissRatioCurve } from "../reuse/index.ts";

/** Why the policy is asked: its period is over, the memory state has changed, or a VM needs frames and none is free. */
export type ObservationCause = "period" | "memoryState" | "shortage";

/** From ample to none. `clear` is of vSphere 6: below minFree, and only sharing is asked for. */
export type MemoryStateName = "high" | "clear" | "soft" | "hard" | "low";

/** What a hypervisor knows of its own host. All counts are pages of 4 KiB. */
export type HostObservation = {
  readonly framePages: number;
  readonly freePages: number;
  readonly overheadPages: number;
  readonly swapFreePages: number;
  readonly memoryState: MemoryStateName;
  /** Whose memory states the host has; null: marks of its own. */
  readonly memoryStatePreset: MemoryStatePreset | null;
  /** Free frames below which each memory state begins, and `highPages`, at which reclamation aims. Not whole pages. */
  readonly marks: {
    readonly highPages: number;
    /** Undefined where there is no state clear. */
    readonly clearPages?: number;
    readonly softPages: number;
    readonly hardPages: number;
    readonly lowPages: number;
  };
  /** With `pageSharing`: frames that stand behind shared pages, and real pages that these back. */
  readonly sharing?: { readonly framePages: number; readonly sharedPages: number };
};

/** What a guest's balloon driver reports; counts since the VM began are of the guest's own faults. */
export type GuestStats = {
  /** Memory the guest manages now: configured pages without its balloon. */
  readonly totalPages: number;
  /** Used for nothing at all. */
  readonly freePages: number;
  /** Free, or could be freed without paging out: free pages and those of clean file pages. */
  readonly availablePages: number;
  readonly majorFaults: number;
  readonly minorFaults: number;
  /** To and from the guest's own swap. */
  readonly pageOuts: number;
  readonly pageIns: number;
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
  /** With `activeSample`: estimated fraction of its configured pages that it accesses within a sampling period, 0 to 1. */
  readonly activeFraction?: number;
  /** With `pageAges`: [i] resident pages that were last accessed i scans ago; the last entry counts older ones too. */
  readonly pageAges?: readonly number[];
  /** With `guestStats`; null if the VM has no balloon driver. */
  readonly guest?: GuestStats | null;
  /** With `guestCommitment`: pages that its processes have asked for and its kernel keeps; null without a balloon driver. */
  readonly committedPages?: number | null;
  /** With `pressure`: simulated time since it began that it stood still for the hypervisor's swap-ins and decompressions. */
  readonly stallNs?: number;
  /** With `memoryLimit`: most frames it may hold now. */
  readonly memoryLimitPages?: number;
  /** With `freePageReporting`: whether its balloon driver can report free pages; false without a driver. */
  readonly canReportFreePages?: boolean;
  /** With `suspend`. */
  readonly isSuspended?: boolean;
  /** With `compression`: its pages in the compression cache, and frames that these take. */
  readonly compression?: { readonly compressedPages: number; readonly cacheFramePages: number };
  /**
   * With `foresight`: simulated time until the next access, if the VM ran without a fault, of the resident page that it
   * needs last; Number.MAX_SAFE_INTEGER if that page is not needed any more, null if it has no resident page.
   */
  readonly furthestAccessNs?: number | null;
  /** With `missRatioCurve`, estimated; with `foresight`, exact and of all accesses of the run. */
  readonly missRatioCurve?: MissRatioCurve;
};

export type Observation = {
  readonly timeNs: number;
  readonly cause: ObservationCause;
  /** For a shortage: frames needed immediately, else 0. */
  readonly neededPages: number;
  readonly host: HostObservation;
  /** VMs that are switched on, by ascending number. */
  readonly vms: readonly VmObservation[];
};
