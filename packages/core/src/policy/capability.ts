/** What a policy may see and ask for. A policy gets exactly what it declares, as its real counterpart would. */
export const CAPABILITIES = {
  balloon: "may set balloon targets, and sees each VM's target and balloon size",
  steal: "may have the hypervisor take pages without the guest's help",
  idleScan: "sees how many resident pages of each VM were not accessed since the period before; the scan costs time",
  activeSample:
    "sees each VM's active fraction, estimated from random pages whose next touch traps, as ESX does; each such trap costs time",
  pageAges: "sees for how many scans of the accessed bits pages were not accessed, and may steal by that age; the scans cost time",
  guestStats: "sees what a guest's balloon driver reports of the guest's memory, as virtio-balloon's statistics do",
  guestCommitment: "sees how many pages each guest's processes have asked for",
  pressure: "sees for how long each VM stalled because the hypervisor had to bring a page back",
  memoryLimit: "may limit the number of frames that a VM holds; the hypervisor takes back the excess",
  suspend: "may suspend and resume a VM",
  pageSharing: "may have pages of equal content found and merged; the scan costs time",
  compression: "may have pages compressed into memory instead of swapping them out",
  diskMapper: "has the hypervisor know which pages are unmodified copies of blocks of the guest's disk, and not swap these out",
  freePageReporting: "may have guests report blocks of free pages, whose frames are then taken",
  missRatioCurve: "sees a miss ratio curve of each VM, estimated from the reuse of sampled pages; each sampled access traps",
  foresight: "knows every future access, which no real hypervisor can: for bounds",
} as const;

export type Capability = keyof typeof CAPABILITIES;
