import { definePolicyWithFallback, nsFromMs } from "@ballast/core/policy";
import { parameters, readSettings } from "./parameters.ts";
import { Squeezed } from "./squeezed.ts";

/** XenServer's memory daemon: every domain gets the same part of what lies between its minimum and its maximum. */
export const policy = definePolicyWithFallback({
  apiVersion: 1,
  name: "squeezed",
  version: "0.1.0",
  description: "Gives every VM the same fraction of its range between reservation and limit, whatever its activity, as XenServer does.",
  requires: ["balloon"],
  periodNs: (values) => nsFromMs(values.iterationMs),
  parameters,
  asked: "always",
  create: (values) => new Squeezed(readSettings(values)),
});
