import { COST_DEFAULTS } from "../costs.ts";
import { MAX_NS, MAX_PAGES } from "../../reading/limits.ts";
import { byType, nothing } from "../../reading/collections.ts";
import { defaulted, type Field, object, optional, type ValuesOf } from "../../reading/object.ts";
import type { Place } from "../../reading/place.ts";
import { duration, pageCount } from "../../reading/quantities.ts";
import { named, type Reader, refined } from "../../reading/reader.ts";
import { choice, flag, integer, ratio, real, formatCount } from "../../reading/scalars.ts";
import type { Costs, HostSpec } from "../scenario.ts";
import { compressionForm } from "./compression-form.ts";
import { deviceForm } from "./device-form.ts";
import { ageScanForm, reuseSamplingForm, samplingForm } from "./measuring-form.ts";
import { exactlyOne, memorySize } from "./memory-size.ts";
import { memoryStatesForm } from "./memory-states-form.ts";
import { readSize } from "./vm-form.ts";

const anyPages = pageCount({ minimum: 0, maximum: MAX_PAGES });

const costFields = Object.fromEntries(
  Object.entries(COST_DEFAULTS).map(([name, cost]) => [
    name,
    defaulted(
      duration({ minimum: 0, maximum: MAX_NS }),
      `Cost of ${cost.description}. Default: ${formatCount(cost.ns)} ns (${cost.confidence}: ${cost.source}).`,
      cost.ns,
    ),
  ]),
) as Readonly<Record<keyof Costs, Field<number>>>;

const fields = {
  framePages: optional(pageCount({ minimum: 1, maximum: MAX_PAGES }), "Frames of physical memory; or give `memory`."),
  memory: optional(memorySize, 'Instead of framePages: text such as "4 GB", rounded up to whole pages.'),
  overheadPages: defaulted(anyPages, "Frames the hypervisor keeps for itself. Default: 0.", 0),
  vmOverheadPages: defaulted(anyPages, "Frames the hypervisor keeps for each VM. Default: 0 (ESX keeps 32 MB).", 0),
  overcommit: defaulted(flag, "Whether the configured pages of all VMs, with overhead, may exceed the frames. Default: true.", true),
  maxOvercommitment: defaulted(
    byType<number | null>({ null: nothing, number: real({ minimum: 0, maximum: 1000 }) }, "a ratio from 0 to 1,000, or null for no bound"),
    "Highest sum of configured pages and overhead / frames that is admitted; null: no bound. Default: null.",
    null,
  ),
  swapPages: optional(
    anyPages,
    "Size of the host's swap. Default: the configured pages of all VMs less their reservations, so that it never is full.",
  ),
  swapReservation: defaulted(
    flag,
    "Whether swap is reserved for what each VM has no memory reserved for, as ESX does; a VM is refused if there is not enough. " +
      "Default: false.",
    false,
  ),
  swapDevice: defaulted(deviceForm, 'Where the swap is: "nvme", "ssd", "hdd", "compressed-memory", or its figures. Default: ssd.', "ssd"),
  swapPageCluster: optional(
    integer({ minimum: 1, maximum: 8 }, ""),
    "Swap read-ahead: a swap-in reads the swapped pages of the aligned window of 2^n slots around its own, by one request, as " +
      "Linux's vm.page-cluster does, whose default is 3. Left out: nothing is read ahead.",
  ),
  swapWriteClusterPages: optional(
    integer({ minimum: 1, maximum: 256 }, "pages"),
    "Clustered swap-out: slots are given out one after the other, and up to this many pages that are stolen together are written " +
      "by one request. Linux reclaims 32 pages at a time (SWAP_CLUSTER_MAX). Left out: a request for each page.",
  ),
  limitOrder: defaulted(
    choice(["random", "fifo", "clock"]),
    "The order in which a VM at its memory limit loses pages, unless a policy sets the limit with another. Default: random " +
      "(published: ESX's host swap).",
    "random",
  ),
  memoryStates: defaulted(
    memoryStatesForm,
    'When the host is short of memory: "esx2" (6, 4, 2, 1 % of its frames), "vsphere5" (minFree on a sliding scale, and 64, ' +
      '32, 16 % of it), "vsphere6" (400, 100, 64, 32, 16 % of minFree), all published; or fractions of its frames. ' +
      "Default: soft below 4 %, hard below 2 %, low below 1 %.",
    {},
  ),
  memoryStateMargin: defaulted(
    ratio,
    "A memory state ends upwards only when free memory exceeds a mark by this part of it. Default: 0.125 (assumed: that of " +
      "ESX was never published).",
    0.125,
  ),
  sampling: defaulted(samplingForm, "How active memory is estimated, for policies that see it.", {}),
  reuseSampling: defaulted(reuseSamplingForm, "How miss ratio curves are estimated, for policies that see them.", {}),
  ageScan: defaulted(ageScanForm, "When pages are scanned for their ages, for policies that see these.", {}),
  compression: defaulted(compressionForm, "Compression caches, for policies that use them.", {}),
  costs: defaulted(object(costFields), "Simulated costs in ns; each has its default.", {}),
  zeroing: defaulted(
    flag,
    "Whether frames are zeroed before another use. Off only to show that isolation tests can fail. Default: true.",
    true,
  ),
};

/** A host, but for a swap whose size depends on the VMs. */
export type UnfinishedHost = Omit<HostSpec, "swapPages"> & { readonly swapPages: number | undefined };

const form = refined(object(fields, exactlyOne("framePages", "memory")), completeHost);

export const hostForm: Reader<UnfinishedHost> = named("host", () => form);

export const hostSchema = form.schema;

function completeHost({ memory, ...read }: ValuesOf<typeof fields>, place: Place): UnfinishedHost | undefined {
  const framePages = readSize(read.framePages, memory, "framePages", place);
  return framePages === undefined ? undefined : { ...read, framePages };
}
