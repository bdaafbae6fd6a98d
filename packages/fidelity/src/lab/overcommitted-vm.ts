/**
 * A scenario of one VM with real pages for all of its memory on a host with fewer frames: only the host's random
 * stealing is at work, one page at each fault. Every access writes, so that no page is all zeros and needs no keeping.
 */
export function overcommittedVm(
  framePages: number,
  pages: number,
  workload: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    name: "overcommitted-vm",
    sampleNs: 0,
    host: { framePages, memoryStates: { soft: 0, hard: 0, low: 0 } },
    vms: [{ configuredPages: pages, kernelPages: 0, balloon: false, processes: [{ workload: { ...workload, writeRatio: 1 } }] }],
    policy: { name: "random-steal", parameters: { reserveFraction: 0, periodMs: 3_600_000 } },
  };
}
