import { countHostFault } from "../choice-counters.ts";
import { Counter } from "../counters.ts";
import type { Handlers } from "./handlers.ts";

export const hostMappingHandlers = {
  HostFaulted: (machine, vm, _real, fault, neededBy, waitNs) => countHostFault(machine.vm(vm).counters, fault, neededBy, waitNs),
  FrameMapped: (machine, vm, real, frame) => machine.mapFrame(machine.vm(vm), real, frame),
  FrameUnmapped: (machine, vm, real, frame) => machine.unmapFrame(machine.vm(vm), real, frame),
  FrameZeroed: (machine, vm, frame) => {
    machine.vm(vm).counters[Counter.framesZeroed]++;
    machine.frames.zero(frame);
  },
  FrameShortage: (machine, vm) => {
    machine.vm(vm).counters[Counter.frameShortages]++;
  },
} satisfies Handlers<"host-mapping">;
