import { AgeScanned, DeviceSampled, IdleScanned, Sampled, VmFinished, VmResumed } from "../../events/index.ts";
import { adds, sets } from "../effect.ts";
import { counter, totalsByChoice } from "../metric.ts";
import { NOT_RECORDED } from "../not-recorded.ts";

const samples = totalsByChoice(
  Sampled,
  { choice: "metric", total: "value" },
  {
    Accesses: {
      accesses: { description: "Accesses to pages, as of the last sample.", unit: "count", result: { isInAllVersions: true } },
    },
    ClockNs: {
      clockNs: { description: "The VM's own clock in simulated ns, as of the last sample; of a host the sum over its VMs.", unit: "ns" },
    },
    WaitNs: {
      waitNs: { description: "Time spent waiting for devices in simulated ns, as of the last sample.", unit: "ns", better: "lower" },
    },
    SuspendedNs: {
      suspendedNs: {
        description: "Time that VMs were kept from running in simulated ns, as of the last sample or the end of the suspension.",
        unit: "ns",
        better: "lower",
      },
    },
  },
);

/** The time of a VM: what other events do not give comes with the samples. */
export const timeMetrics = {
  ...samples,
  suspendedNs: counter({ ...samples.suspendedNs, effects: [...samples.suspendedNs.effects, sets(VmResumed, "suspendedNs")] }),
  ...totalsByChoice(
    DeviceSampled,
    { choice: "metric", total: "totalNs", where: { device: "GuestDisk" } },
    {
      BusyNs: {
        diskBusyNs: {
          description:
            "Time that the guest's disk served requests in simulated ns, summed over those it serves simultaneously; as of the last sample.",
          unit: "ns",
          better: "lower",
        },
      },
      QueueNs: {
        diskQueueNs: {
          description: "Time that requests to the guest's disk queued in simulated ns, as of the last sample.",
          unit: "ns",
          better: "lower",
        },
      },
    },
  ),
  idleScanCostNs: counter({
    description: "Time that the host spent reading accessed bits, in simulated ns.",
    unit: "ns",
    better: "lower",
    effects: [adds(IdleScanned, "costNs"), adds(AgeScanned, "costNs")],
  }),
  /** Earlier versions recorded 0, and the event may have come later than the end of the work: then only that there was none is known. */
  workNs: counter({
    description:
      "Work time of the VM in simulated ns: from its start to the end of its workload, with waits, suspended and idle time; 0 until then.",
    unit: "ns",
    better: "lower",
    notRecorded: "the version that recorded the run did not record when the work ended",
    effects: [
      sets(VmFinished, "workNs"),
      sets(VmFinished, NOT_RECORDED, { where: { workNs: "zero" } }),
      sets(VmFinished, 0, { where: { workNs: "zero" }, only: "atStart" }),
    ],
  }),
};
