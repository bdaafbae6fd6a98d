/** What a policy may see and ask for. A policy gets exactly what it declares, as its real counterpart would. */
export const CAPABILITIES = {
  balloon: "may set balloon targets, and sees each VM's target and balloon size",
  steal: "may have the hypervisor take pages without the guest's help",
  idleScan: "sees how many resident pages of each VM were not accessed since the period before; the scan costs time",
} as const;

export type Capability = keyof typeof CAPABILITIES;
