import { byNumber, DeviceMetric, valueOf } from "../../events/index.ts";
import type { Handlers } from "./handlers.ts";

/** Of the host's swap device, by the number of the metric; those of a guest's disk are counters. */
const SWAP_SAMPLES = byNumber(DeviceMetric, { BusyNs: "swapBusyNs", QueueNs: "swapQueueNs" } as const);

export const deviceHandlers = {
  DeviceSampled: (machine, vm, _device, metric, totalNs) => {
    if (vm === 0) machine[valueOf(SWAP_SAMPLES, metric, "the metric of a device")] = totalNs;
  },
} satisfies Handlers<"device">;
