import {
  type Decision,
  type HostObservation,
  NS_PER_S,
  type Observation,
  type Policy,
  Prng,
  readParameters,
  type SetBalloonTarget,
  vmId,
  type VmObservation,
} from "@ballast/core/policy";

/** What of a VM a check states; the rest is a VM that is busy and holds all its memory. */
export type StatedVm = Partial<VmObservation> & { readonly configuredPages: number };

export type StatedObservation = Partial<Omit<Observation, "host" | "vms">> & {
  readonly host: Partial<HostObservation> & { readonly framePages: number; readonly freePages: number };
  readonly vms: readonly StatedVm[];
};

/** Puts observations before one instance of a policy, in turn, and gives what it decides at each. */
export function consultPolicy(
  policy: Policy,
  parameters: Readonly<Record<string, unknown>>,
  observations: readonly StatedObservation[],
): (readonly Decision[])[] {
  const { values, problems } = readParameters(policy.parameters, parameters, "");
  for (const { path, message } of problems) throw new RangeError(`${policy.name}${path}: ${message}`);
  const instance = policy.create(values, Prng.named(1, "policy"));
  return observations.map((stated) => instance.decide(complete(stated)));
}

function complete({ host, vms, ...stated }: StatedObservation): Observation {
  return {
    timeNs: 0,
    cause: "period",
    neededPages: 0,
    ...stated,
    host: {
      overheadPages: 0,
      swapFreePages: host.framePages,
      memoryState: "high",
      memoryStatePreset: "esx2",
      marks: marksOf(host.framePages),
      ...host,
    },
    vms: vms.map(completeVm),
  };
}

/** Those of ESX 2 (C. A. Waldspurger, OSDI 2002, section 6.3). */
function marksOf(framePages: number): HostObservation["marks"] {
  return {
    highPages: 0.06 * framePages,
    softPages: 0.04 * framePages,
    hardPages: 0.02 * framePages,
    lowPages: 0.01 * framePages,
  };
}

function completeVm(stated: StatedVm, index: number): VmObservation {
  const { configuredPages } = stated;
  return {
    vm: vmId(index + 1),
    name: `vm-${index + 1}`,
    residentPages: configuredPages,
    swappedPages: 0,
    shares: configuredPages,
    reservationPages: 0,
    limitPages: configuredPages,
    isBusy: true,
    ...stated,
  };
}

/** Seconds between two decisions of a policy with its default parameters. */
export function defaultPeriodS(policy: Policy): number {
  return policy.periodNs(readParameters(policy.parameters, {}, "").values) / NS_PER_S;
}

/** The balloon target that was decided for a VM; undefined if it was left as it is. */
export function targetOf(decisions: readonly Decision[], vm: number): SetBalloonTarget | undefined {
  return decisions.find((decision): decision is SetBalloonTarget => decision.kind === "SetBalloonTarget" && decision.vm === vm);
}

/** What a decided target leaves a VM; NaN if nothing was decided for it. */
export function allowedPages(decisions: readonly Decision[] | undefined, vm: StatedVm, number: number): number {
  const target = targetOf(decisions ?? [], number);
  return target === undefined ? Number.NaN : vm.configuredPages - target.pages;
}

/** A balloon that is at its target and may take all of its VM. */
export function balloonOf(pages: number, configuredPages: number): NonNullable<StatedVm["balloon"]> {
  return { targetPages: pages, sizePages: pages, capPages: configuredPages };
}
