import {
  definePolicyWithFallback,
  nsFromMs,
  type Observation,
  PAGE_BYTES,
  type SetBalloonTarget,
  stateless,
  type VmObservation,
} from "@ballast/core/policy";
import { type AutoBallooned, autoBalloon } from "./auto-balloon.ts";
import { parameters, readSettings, type Settings } from "./parameters.ts";

/** Proxmox VE's status daemon, which balloons VMs on the side. */
export const policy = definePolicyWithFallback({
  apiVersion: 1,
  name: "proxmox",
  version: "0.1.0",
  description: "Keeps 80 % of the host in use by balloon targets, by shares above each VM's minimum, as Proxmox VE does.",
  requires: ["balloon", "guestStats"],
  periodNs: (values) => nsFromMs(values.periodMs),
  parameters,
  asked: "at periods",
  create: (values) => {
    const settings = readSettings(values);
    return stateless((observation) => decideTargets(observation, settings));
  },
});

function decideTargets({ host, vms }: Observation, settings: Settings): SetBalloonTarget[] {
  const totalBytes = host.framePages * PAGE_BYTES;
  const usedBytes = totalBytes - host.freePages * PAGE_BYTES;
  const goalBytes = Math.trunc(totalBytes * settings.targetFraction - usedBytes);
  const ballooned = vms.flatMap((vm) => seeVm(vm, settings));
  const sizes = autoBalloon(ballooned, goalBytes, settings);
  return vms.flatMap(({ vm, configuredPages, guest }): SetBalloonTarget[] => {
    const sizeBytes = sizes.get(vm);
    const currentBytes = ballooned.find((candidate) => candidate.vm === vm)?.currentBytes;
    if (sizeBytes === undefined || sizeBytes === currentBytes) return [];
    const pages = configuredPages - Math.floor(sizeBytes / PAGE_BYTES);
    const reason = goalBytes > 0 ? "the host has memory to give" : "the host is short of memory";
    const figures = { goalPages: goalBytes / PAGE_BYTES, guestFreePages: guest?.freePages ?? 0 };
    return [{ kind: "SetBalloonTarget", vm, pages, reason, figures }];
  });
}

/** The VM as the daemon sees it; nothing for one without a balloon driver, or without a minimum. */
function seeVm(seen: VmObservation, { defaultMinimumFraction }: Settings): AutoBallooned[] {
  const { vm, shares, configuredPages, reservationPages, limitPages, balloon, guest } = seen;
  if (balloon === undefined || balloon === null || balloon.sizePages === configuredPages) return [];
  const defaultPages = Math.floor(defaultMinimumFraction * configuredPages);
  const minimumPages = Math.min(limitPages, reservationPages === 0 ? defaultPages : reservationPages);
  if (minimumPages === 0) return [];
  return [
    {
      vm,
      shares,
      minimumBytes: minimumPages * PAGE_BYTES,
      maximumBytes: limitPages * PAGE_BYTES,
      currentBytes: (configuredPages - balloon.sizePages) * PAGE_BYTES,
      freeBytes: guest === undefined || guest === null ? undefined : guest.freePages * PAGE_BYTES,
    },
  ];
}
