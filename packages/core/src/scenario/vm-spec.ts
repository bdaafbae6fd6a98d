import type { Replacement } from "./replacement-algorithms.ts";
import type { Workload } from "../workload/index.ts";

/** A disk or swap device. A VM waits for its reads; writes only keep the device busy. A request is one page. */
export type DeviceSpec = {
  /** Time of reading, and of writing, a page when the device has nothing else to do, transfer included. */
  readonly readNs: number;
  readonly writeNs: number;
  /** The same for a request that follows the one before on the medium; null: like any other. */
  readonly sequentialNs: number | null;
  /** Requests that it serves simultaneously. */
  readonly queueDepth: number;
  /** What all its requests together can transfer; null: more than matters. */
  readonly bandwidthBytesPerS: number | null;
};

export type VmSpec = {
  readonly name: string;
  readonly configuredPages: number;
  /** Real pages the guest's kernel keeps; touched when the VM starts, never replaced. */
  readonly kernelPages: number;
  readonly replacement: Replacement;
  /** Of two-list: how readily anonymous pages are taken against pages of files; 0 to 200, 100 is even. */
  readonly swappiness: number;
  /** null: the guest reclaims only when it has no free page left, and its processes never wait for writes. */
  readonly watermarks: WatermarkSpec | null;
  /** Of clock and two-list: `set`, as a real MMU does at the faulting access, or `clear`, as textbooks do. */
  readonly referenceBitOnLoad: "set" | "clear";
  readonly shares: number;
  readonly reservationPages: number;
  readonly limitPages: number;
  /** Simulated time at which the VM is switched on, at the earliest. */
  readonly startNs: number;
  /** It is switched on at most so much later, by a time that the seed decides; undefined: at startNs. */
  readonly startJitterNs?: number | undefined;
  /** Whether the hypervisor backs it with pages of 2 MiB where it can. */
  readonly largePages: boolean;
  readonly disk: DeviceSpec;
  /** Anonymous pages that the guest can have on its disk at a time; undefined: as many as it has. 0: it has no swap. */
  readonly swapPages?: number | undefined;
  /** null: the guest has no balloon driver. */
  readonly balloon: BalloonSpec | null;
  readonly processes: readonly ProcessSpec[];
  /** Files on the guest's disk that processes read through its page cache. */
  readonly files: readonly FileSpec[];
};

/** Free real pages: below low the guest reclaims in the background up to high; min are not for processes. */
export type WatermarkSpec = { readonly minPages: number; readonly lowPages: number; readonly highPages: number };

export type BalloonSpec = SimpleBalloonSpec | VmwareBalloonSpec | VirtioBalloonSpec;

type AnyBalloonSpec = {
  /** Most of the configured pages that the balloon may hold, 0 to 1. */
  readonly capFraction: number;
};

/** Polls, and takes or gives back what is wanted up to a number of pages. */
export type SimpleBalloonSpec = AnyBalloonSpec & {
  readonly driver: "simple";
  readonly pollNs: number;
  /** Most pages taken or given back at one poll. */
  readonly pollPages: number;
};

/** Linux 2.6.34's driver for ESX, vmw_balloon 1.2. */
export type VmwareBalloonSpec = AnyBalloonSpec & {
  readonly driver: "vmware";
  readonly pollNs: number;
  /** Free pages that the guest keeps: its driver gets none of these. */
  readonly minFreePages: number;
  /** At a poll without pressure: the loop ends after this many pages and one more. */
  readonly noSleepPages: number;
  /** Bounds of the pages per poll under pressure, and the step by which a clean poll raises them. */
  readonly allocLeastPages: number;
  readonly allocMostPages: number;
  readonly allocStepPages: number;
  /** Polls for which pressure is remembered. */
  readonly slowPolls: number;
  /** Most pages given back at one poll. */
  readonly freePages: number;
};

/** Linux's virtio_balloon. */
export type VirtioBalloonSpec = AnyBalloonSpec & {
  readonly driver: "virtio";
  /** From a new target until the driver begins. */
  readonly notifyNs: number;
  /** Free pages that the guest keeps: its driver gets none of these. */
  readonly minFreePages: number;
  /** Most pages in one call of the hypervisor. */
  readonly batchPages: number;
  /** From a refused allocation until the next attempt. */
  readonly retryNs: number;
  /** Whether the balloon gives pages back to a guest that would run out of memory, and how many in one step. */
  readonly deflateOnOom: boolean;
  readonly oomPages: number;
  /** Whether the guest reports free pages from its start, and how; a policy may change that. */
  readonly reporting: ReportingSpec | null;
};

/** Blocks of 2^order free real pages, free for `delayNs`, are reported in calls of at most `blocksAtOnce` blocks. */
export type ReportingSpec = { readonly order: number; readonly delayNs: number; readonly blocksAtOnce: number };

export type ProcessSpec = {
  readonly name: string;
  readonly virtualPages: number;
  /** Whether an untouched page is zeros, or is read from the guest's disk. */
  readonly backing: "anonymous" | "file";
  /** What its file pages hold at first is equal for every process of the same image; null: it is like no other. */
  readonly image: ImageSpec | null;
  /** Mean size that its pages compress to, as a fraction of a page; above 0 to 1. */
  readonly compressedFraction: number;
  /** Time each access takes besides faults. */
  readonly accessNs: number;
  /** Whether it keeps its memory when its workload has ended, or exits, so that its pages are free. */
  readonly atEnd: "keep" | "exit";
  /** Names of single pages, for teaching: page number to name. */
  readonly pageNames: Readonly<Record<number, string>>;
  readonly workload: Workload;
};

/** Program text, libraries: a file that other VMs have too. */
export type ImageSpec = {
  readonly name: string;
  /** Fraction of the pages, spread evenly, that are equal wherever the image is; the others are the process's own. */
  readonly commonFraction: number;
};

/** A file whose cached pages belong to the guest's page cache, not to a process. */
export type FileSpec = {
  readonly name: string;
  readonly pages: number;
  /** As of a process. */
  readonly image: ImageSpec | null;
};
