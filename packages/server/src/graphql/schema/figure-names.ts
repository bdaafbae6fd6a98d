import type { HostFigure, VmGauge } from "@ballast/core/projections";
import { builder } from "./builder.ts";
import { COUNTER_SAYS } from "./counters.ts";
import { enumValues } from "./enum-values.ts";

const GAUGE_SAYS: Readonly<Record<VmGauge, string>> = {
  residentPages: "Real pages that have a frame.",
  largePages: "Real pages under large mappings.",
  sharedPages: "Those of them whose frame is a shared one.",
  swappedPages: "Real pages in the host's swap.",
  compressedPages: "Real pages in the compression cache.",
  cacheFramePages: "Frames of the compression cache; the hypervisor's.",
  mappedPages: "Real pages behind a virtual page.",
  balloonSizePages: "Pages that the guest has given up.",
  balloonTargetPages: "Pages that the hypervisor asks the guest to give up.",
  diskKeptPages: "Real pages without a frame that the hypervisor left on the guest's disk.",
  swapCachePages: "Swapped pages that were read ahead; their frames are the hypervisor's.",
  memoryLimitPages: "Most frames it may hold.",
};

const HOST_SAYS: Readonly<Record<HostFigure, string>> = {
  freePages: "Free frames. Of the host.",
  overheadPages: "Frames that the hypervisor keeps. Of the host.",
  swapUsedPages: "Pages in the host's swap. Of the host.",
  sharedFramePages: "Frames that back real pages of equal content. Of the host.",
  savedPages: "Frames saved by sharing: real pages with shared frames, less these. Of the host.",
  swapBusyNs: "Time that the swap device served requests, summed over what it serves at once, as of the last sample. Of the host.",
  swapQueueNs: "Time that requests to the swap device queued, as of the last sample. Of the host.",
  memoryState: "0 high, 4 clear, 1 soft, 2 hard, 3 low. Of the host.",
};

const VM_SAYS: Readonly<Record<string, string>> = { ...COUNTER_SAYS, ...GAUGE_SAYS };

export const MetricEnum = builder.enumType("Metric", {
  description: "A figure that is kept over simulated time: those of the host without `vm`, all others of a VM.",
  values: enumValues(
    [...Object.entries(HOST_SAYS), ...Object.entries(VM_SAYS)].map(([name, description]) => [name, name, description]),
  ),
});

export type Figure = { readonly name: string; readonly value: number | null };

export const FigureRef = builder.objectRef<Figure>("Figure").implement({
  description: "A named number.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name, with the unit last." }),
    value: t.field({
      type: "BigInt",
      nullable: true,
      description: "Its value; null: the version that recorded the run did not record it.",
      resolve: ({ value }) => value,
    }),
  }),
});
