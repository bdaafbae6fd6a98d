import { FileReadAhead, HostFaulted, PageMissed } from "../../events/index.ts";
import { adds, addsPerChoice, counts } from "../effect.ts";
import { counter, countsByChoice } from "../metric.ts";
import { NOT_RECORDED } from "../not-recorded.ts";

export const faultMetrics = {
  ...countsByChoice(PageMissed, "fault", {
    Minor: {
      guestMinorFaults: { description: "Guest faults without disk.", unit: "count", better: "lower", result: { isInAllVersions: true } },
    },
    Major: {
      guestMajorFaults: {
        description: "Guest faults that read the guest's disk.",
        unit: "count",
        better: "lower",
        result: {
          isInAllVersions: true,
          column: { title: "guest major faults", rank: 50, isOfEqualWork: true, legend: "reads of the guests' disks" },
        },
      },
    },
  }),
  ...countsByChoice(HostFaulted, "fault", {
    Minor: {
      hostMinorFaults: {
        description: "Host faults served by a zeroed frame.",
        unit: "count",
        better: "lower",
        result: { isInAllVersions: true },
      },
    },
    Major: {
      hostMajorFaults: {
        description: "Host faults served from the host's swap.",
        unit: "count",
        better: "lower",
        result: {
          isInAllVersions: true,
          column: { title: "host major faults", rank: 60, isOfEqualWork: true, legend: "reads of the host's swap (swap-ins)" },
        },
      },
    },
    // `PageDecompressed`, `PageReadByMapper` and `SwapCacheHit` count these.
    Compressed: null,
    FromGuestDisk: null,
    SwapCache: null,
  }),
  hostWaitNs: counter({
    description: "Time that VMs waited for the hypervisor to bring pages back, in simulated ns.",
    unit: "ns",
    better: "lower",
    effects: [adds(HostFaulted, "waitNs")],
  }),
  /**
   * A host fault that an access needed is that access's fault; in an earlier version's history it may have been one or not.
   * Fewer are not better by themselves: a minor fault costs a thousandth of a major one.
   */
  faults: counter({
    description:
      "Accesses whose page had no entry in the page table or no frame behind it, and pages that the guest read ahead of their access.",
    unit: "count",
    notRecorded: "the version that recorded the run did not record which host faults were those of accesses",
    result: {
      column: {
        title: "faults (MIN)",
        rank: 40,
        legend:
          "accesses whose page was not there, and pages read ahead; in brackets the fewest that any demand paging could have had on " +
          "that run's accesses (Belady's MIN over the interleaved trace): a bound on this count, and on nothing else",
      },
    },
    effects: [
      counts(PageMissed),
      adds(FileReadAhead, "pages"),
      ...addsPerChoice(HostFaulted, "neededBy", { NotRecorded: NOT_RECORDED, Access: 1, Other: 0 }),
    ],
  }),
};
