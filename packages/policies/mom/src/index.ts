import {
  type Decision,
  type Observation,
  PAGE_BYTES,
  type Policy,
  type SetBalloonTarget,
  stealAtShortage,
  usesAtShortage,
  type VmObservation,
} from "@ballast/core/policy";
import { type Guest, type Rules, targetOf } from "./guest-target.ts";
import { parameters, periodNs, readRules } from "./parameters.ts";
import { meanOf, NO_SAMPLES, type SampleWindow, takeSample } from "./sample-window.ts";

/** The balloon policy of oVirt's Memory Overcommitment Manager. */
export const policy: Policy = {
  name: "mom",
  version: "0.1.0",
  description: "Shrinks every guest a little at a time while the host is short of memory and grows it else, as oVirt's MOM does.",
  requires: ["balloon", "guestStats", "steal"],
  uses: (values) => usesAtShortage(["balloon", "guestStats"], values),
  periodNs,
  parameters,
  create: (values, prng) => {
    const rules = readRules(values);
    let window = NO_SAMPLES;
    return {
      decide(observation): Decision[] {
        if (observation.cause !== "period") return stealAtShortage(observation, values, prng);
        window = takeSample(window, observation, Number(values["sampleCount"]));
        return decideTargets(observation, window, rules);
      },
      save: () => window,
      load: (saved) => {
        window = saved as SampleWindow;
      },
    };
  },
};

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
