import {
  definePolicyWithFallback,
  nsFromMs,
  type Observation,
  PAGE_BYTES,
  type SetBalloonTarget,
  stateful,
  type VmObservation,
} from "@ballast/core/policy";
import { type Guest, type Rules, targetOf } from "./guest-target.ts";
import { parameters } from "./parameters.ts";
import { meanOf, NO_SAMPLES, type SampleWindow, takeSample } from "./sample-window.ts";

/** The balloon policy of oVirt's Memory Overcommitment Manager. */
export const policy = definePolicyWithFallback({
  apiVersion: 1,
  name: "mom",
  version: "0.1.0",
  description: "Shrinks every guest in small steps while the host is short of memory and grows it otherwise, as oVirt's MOM does.",
  requires: ["balloon", "guestStats"],
  periodNs: (values) => nsFromMs(values.periodMs),
  parameters,
  asked: "at periods",
  create: (rules) =>
    stateful(NO_SAMPLES, (before, observation) => {
      const window = takeSample(before, observation, rules.sampleCount);
      return { state: window, decisions: decideTargets(observation, window, rules) };
    }),
});

function decideTargets({ host, vms }: Observation, window: SampleWindow, rules: Rules): SetBalloonTarget[] {
  const hostFreeFraction = meanOf(window.hostFreePages) / host.framePages;
  return vms.flatMap((seen): SetBalloonTarget[] => {
    const guest = guestOf(seen, window);
    if (guest === undefined) return [];
    const targetKb = targetOf(guest, hostFreeFraction, rules);
    if (targetKb === undefined) return [];
    const pages = Math.max(0, seen.configuredPages - Math.floor(Math.trunc(targetKb) / PAGE_KB));
    const reason = hostFreeFraction < rules.pressureFraction ? "the host is short of memory" : "the host has memory to give";
    const figures = { hostFreeFraction, meanUnusedKb: guest.meanUnused, targetKb };
    return [{ kind: "SetBalloonTarget", vm: seen.vm, pages, reason, figures }];
  });
}

/** The original reckons in kB of 1,024 bytes, and hands whole ones to the driver. */
const PAGE_KB = PAGE_BYTES / 1024;

function guestOf({ vm, reservationPages, limitPages }: VmObservation, { guests }: SampleWindow): Guest | undefined {
  const samples = guests.find((known) => known.vm === vm)?.samples;
  const [currentPages] = samples?.at(-1) ?? [];
  if (samples === undefined || currentPages === undefined) return undefined;
  return {
    current: currentPages * PAGE_KB,
    meanCurrent: meanOf(samples.map(([current]) => current)) * PAGE_KB,
    meanUnused: meanOf(samples.map(([, unused]) => unused)) * PAGE_KB,
    minimum: reservationPages * PAGE_KB,
    maximum: limitPages * PAGE_KB,
  };
}
