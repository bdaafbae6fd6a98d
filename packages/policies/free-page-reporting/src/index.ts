import { definePolicyWithFallback, nsFromMs, type Observation, type SetFreePageReporting, stateful, type VmId } from "@ballast/core/policy";
import { type Blocks, parameters, readBlocks } from "./parameters.ts";

/** Free page reporting of virtio-balloon: guests say which blocks of memory they do not use, and lose the frames. */
export const policy = definePolicyWithFallback({
  apiVersion: 1,
  name: "free-page-reporting",
  version: "0.1.0",
  description: "Guests report blocks of free pages, whose frames are taken; no other pages are.",
  requires: ["freePageReporting"],
  periodNs: (values) => nsFromMs(values.periodMs),
  parameters,
  asked: "always",
  create: (values) =>
    stateful<readonly VmId[]>([], (known, observation) => {
      const decisions = switchOn(observation, known, readBlocks(values));
      return { state: observation.vms.map(({ vm }) => vm), decisions };
    }),
});

/** Reporting is negotiated once with each VM whose driver can, when it has started. */
function switchOn({ vms }: Observation, known: readonly VmId[], blocks: Blocks): SetFreePageReporting[] {
  return vms.flatMap(({ vm, canReportFreePages = false }): SetFreePageReporting[] => {
    if (!canReportFreePages || known.includes(vm)) return [];
    return [{ kind: "SetFreePageReporting", vm, isOn: true, ...blocks, reason: "has started" }];
  });
}
