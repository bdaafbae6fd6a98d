/** What a VM uses a real page for. */
export const RealUse = { Free: 0, Process: 1, Kernel: 2, Balloon: 3 } as const;

/**
 * Where the hypervisor keeps the content of a real page without a frame besides its swap. A page in the swap cache has its
 * swap slot, too; one on the guest's disk has none.
 */
export const Kept = { Nowhere: 0, OnGuestDisk: 1, InSwapCache: 2 } as const;

/** Where a VM is in its life. */
export const VmLife = { Admitted: 0, Running: 1, Finished: 2, Terminated: 3, Refused: 4 } as const;
