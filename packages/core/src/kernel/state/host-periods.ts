/** What the hypervisor does periodically, besides samples; 0: never. */
export type HostPeriods = { readonly policyNs: number; readonly ageScanNs: number };
