import { type Policy, stealAtShortage, usesAtShortage } from "@ballast/core/policy";
import { parameters, periodNs, readSettings } from "./parameters.ts";
import { Squeezed } from "./squeezed.ts";

/** XenServer's memory daemon: every domain gets the same part of what lies between its minimum and its maximum. */
export const policy: Policy = {
  name: "squeezed",
  version: "0.1.0",
  description: "Gives every VM the same part of its range between reservation and limit, whatever it does with it, as XenServer does.",
  requires: ["balloon", "steal"],
  uses: (values) => usesAtShortage(["balloon"], values),
  periodNs,
  parameters,
  create: (values, prng) => {
    const squeezed = new Squeezed(readSettings(values));
    return {
      decide: (observation) => [...squeezed.decide(observation), ...stealAtShortage(observation, values, prng)],
      save: () => squeezed.save(),
      load: (saved) => squeezed.load(saved),
    };
  },
};
