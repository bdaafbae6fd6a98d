import { valueOf } from "../../events/index.ts";
import { DISK_SAMPLE_PLACES, SWAP_SAMPLES } from "../choice-counters.ts";
import type { Handlers } from "./handlers.ts";

export const deviceHandlers = {
  DeviceSampled: (machine, vm, _device, metric, totalNs) => {
    if (vm === 0) machine[valueOf(SWAP_SAMPLES, metric, "the metric of a device")] = totalNs;
    else machine.vm(vm).counters[valueOf(DISK_SAMPLE_PLACES, metric, "the metric of a device")] = totalNs;
  },
} satisfies Handlers<"device">;
