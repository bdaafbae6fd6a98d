import { definePolicyWithFallback, NS_PER_MS, nsFromMs, type Observation, type SharePages, stateful } from "@ballast/core/policy";
import { adjust, type Scanning, untuned } from "./ksmtuned.ts";
import { parameters, type Settings } from "./parameters.ts";

/** Linux' kernel samepage merging: finds pages of equal content and puts one frame behind them. */
export const policy = definePolicyWithFallback({
  apiVersion: 1,
  name: "ksm",
  version: "0.1.0",
  description: "Merges pages of equal content, scanning a hundred pages at a time or as many as ksmtuned sets.",
  requires: ["pageSharing"],
  periodNs: (values) => nsFromMs(tickMs(values)),
  parameters,
  asked: "at periods",
  create: (settings) =>
    stateful(beginning(settings), (before, observation) => {
      const state = tune(before, observation, settings);
      const decisions = scan(state, observation);
      if (decisions.length === 0) return { state, decisions };
      return { state: { ...state, scanAtNs: observation.timeNs + nsFromMs(state.scanning.sleepMs) }, decisions };
    }),
});

type State = { readonly scanning: Scanning; readonly scanAtNs: number; readonly adjustAtNs: number };

function beginning(settings: Settings): State {
  return { scanning: untuned(settings), scanAtNs: 0, adjustAtNs: settings.monitorMs * NS_PER_MS };
}

/** The shortest time between two scans that may come up. */
function tickMs({ tuning, sleepMs, tunedSleepMs }: Settings): number {
  return tuning === "none" ? sleepMs : Math.min(sleepMs, tunedSleepMs);
}

function tune(state: State, observation: Observation, settings: Settings): State {
  const { timeNs } = observation;
  if (settings.tuning === "none" || timeNs < state.adjustAtNs) return state;
  const scanning = adjust(state.scanning, observation, settings);
  return { ...state, scanning, adjustAtNs: timeNs + settings.monitorMs * NS_PER_MS };
}

function scan({ scanning, scanAtNs }: State, { timeNs, host, vms }: Observation): SharePages[] {
  const { isOn, pages } = scanning;
  if (!isOn || pages === 0 || timeNs < scanAtNs || vms.length === 0) return [];
  return [{ kind: "SharePages", pages, style: "ksm", reason: "looks for equal pages", figures: { freePages: host.freePages } }];
}
