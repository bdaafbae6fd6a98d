import type { Handlers } from "./handlers.ts";

export const hostMappingHandlers = {
  HostFaulted: null,
  FrameMapped: (machine, vm, real, frame) => machine.mapFrame(machine.vm(vm), real, frame),
  FrameUnmapped: (machine, vm, real, frame) => machine.unmapFrame(machine.vm(vm), real, frame),
  FrameZeroed: (machine, _vm, frame) => machine.frames.zero(frame),
  FrameShortage: null,
} satisfies Handlers<"host-mapping">;
