/** What the costs of an access depend on. */
export type AccessState = {
  readonly outcome: string;
  readonly contentPlace: string;
  readonly mapping: string;
  readonly mmu: string;
};

export type CostLine = { readonly words: string; readonly ns: number };

type Device = { readonly readNs?: number } | null | undefined;
type ScenarioJson = {
  readonly host: {
    readonly costs: Readonly<Record<string, number>>;
    readonly swapDevice?: Device;
    readonly zeroing?: boolean;
  };
  readonly os?: { readonly disk?: Device } | null;
  readonly vms?: readonly { readonly disk?: Device }[];
};

/** What an access would cost beyond the access itself, as this run's scenario has it: a part of the cost for each line. */
export function costLines(json: unknown, vm: number, state: AccessState): CostLine[] {
  const scenario = json as ScenarioJson;
  const { costs } = scenario.host;
  const diskNs = (scenario.os?.disk ?? scenario.vms?.[vm - 1]?.disk)?.readNs ?? 0;
  if (state.outcome === "PAGE_MISS") return pageMiss(state, costs, diskNs);
  if (state.outcome === "HOST_FAULT") return hostFault(state, scenario, diskNs);
  return [];
}

function pageMiss({ contentPlace, mmu }: AccessState, costs: Readonly<Record<string, number>>, diskNs: number): CostLine[] {
  return [
    line("guest fault: the guest finds a real page and writes the entry", costs["guestFaultNs"]),
    ...(mmu === "SHADOW" ? [line("trap: the hypervisor sees the update of the page table", costs["trapNs"])] : []),
    ...(contentPlace === "GUEST_DISK" ? [line("read of the guest's disk", diskNs)] : []),
  ];
}

function hostFault({ contentPlace }: AccessState, { host: { costs, swapDevice, zeroing } }: ScenarioJson, diskNs: number): CostLine[] {
  return [
    line("trap: from the VM to the hypervisor and back", costs["trapNs"]),
    line("host fault: the hypervisor finds a frame and writes the entry", costs["hostFaultNs"]),
    ...(contentPlace === "NOWHERE" && zeroing !== false ? [line("zeroing, unless the frame holds zeros", costs["zeroingNs"])] : []),
    ...(contentPlace === "HOST_SWAP" ? [line("read of the host's swap device", swapDevice?.readNs)] : []),
    ...(contentPlace === "COMPRESSION_CACHE" ? [line("decompression", costs["decompressionNs"])] : []),
    ...(contentPlace === "GUEST_DISK" ? [line("read of the guest's disk", diskNs)] : []),
  ];
}

function line(words: string, ns: number | undefined): CostLine {
  return { words, ns: ns ?? 0 };
}
