import {
  type Decision,
  NS_PER_MS,
  type Observation,
  type Policy,
  type SharePages,
  stealAtShortage,
  usesAtShortage,
} from "@ballast/core/policy";
import { adjust, type Scanning, untuned } from "./ksmtuned.ts";
import { parameters, readSettings, type Settings } from "./parameters.ts";

/** Linux' kernel samepage merging: finds pages of equal content and puts one frame behind them. */
export const policy: Policy = {
  name: "ksm",
  version: "0.1.0",
  description: "Merges pages of equal content, a hundred pages at a time or as many as ksmtuned says.",
  requires: ["pageSharing", "steal"],
  uses: (values) => usesAtShortage(["pageSharing"], values),
  periodNs: (values) => Math.round(tickMs(readSettings(values)) * NS_PER_MS),
  parameters,
  create: (values, prng) => {
    const settings = readSettings(values);
    let state: State = { scanning: untuned(settings), scanAtNs: 0, adjustAtNs: settings.monitorMs * NS_PER_MS };
    return {
      decide: (observation): readonly Decision[] => {
        if (observation.cause !== "period") return stealAtShortage(observation, values, prng);
        state = tune(state, observation, settings);
        const decisions = scan(state, observation);
        if (decisions.length > 0) state = { ...state, scanAtNs: observation.timeNs + sleepNs(state.scanning) };
        return decisions;
      },
      save: () => state,
      load: (saved) => {
        state = saved as State;
      },
    };
  },
};

type State = { readonly scanning: Scanning; readonly scanAtNs: number; readonly adjustAtNs: number };

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

function sleepNs({ sleepMs }: Scanning): number {
  return Math.round(sleepMs * NS_PER_MS);
}
