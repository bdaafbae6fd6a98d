/** A scenario of one VM on a host with frames to spare: only the guest's own replacement is at work. */
export function guestAlone(
  realPages: number,
  workload: Readonly<Record<string, unknown>>,
  changes: { readonly vm?: Readonly<Record<string, unknown>>; readonly virtualPages?: number } = {},
): Readonly<Record<string, unknown>> {
  const process = { workload, ...(changes.virtualPages === undefined ? {} : { virtualPages: changes.virtualPages }) };
  return {
    name: "guest-alone",
    sampleNs: 0,
    host: { framePages: realPages + 8 },
    vms: [{ configuredPages: realPages, kernelPages: 0, balloon: false, processes: [process], ...changes.vm }],
    policy: "no-reclaim",
  };
}
