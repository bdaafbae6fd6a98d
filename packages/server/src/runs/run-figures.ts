/** What is compared between policies. Counts are since the run began; pages are of 4 KiB. */
export type Figures = {
  readonly accesses: number;
  /** Simulated time that the accesses took: of a VM its own clock, of a run the time of its last event. */
  readonly simulatedNs: number;
  /** `accesses` per simulated second; 0 if no time has passed. */
  readonly accessesPerSecond: number;
  readonly guestMinorFaults: number;
  readonly guestMajorFaults: number;
  readonly hostMinorFaults: number;
  readonly hostMajorFaults: number;
  readonly traps: number;
  readonly trapCostNs: number;
  readonly pagesStolen: number;
  readonly swapOuts: number;
  readonly swapIns: number;
  /** Pages pinned by the balloon, all in all. */
  readonly balloonedPages: number;
  /** Largest balloon size at any time; of a run, the largest sum over its VMs. */
  readonly peakBalloonPages: number;
  readonly zeroedFrames: number;
};

export type VmFigures = Figures & {
  /** The VM's number within the run, from 1. */
  readonly vm: number;
  readonly name: string;
  readonly killed: boolean;
};

export type RunFigures = Figures & {
  readonly vmsKilled: number;
  readonly vmsRefused: number;
  readonly vms: readonly VmFigures[];
};
