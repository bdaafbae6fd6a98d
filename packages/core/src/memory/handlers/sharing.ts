import type { Handlers } from "./handlers.ts";

export const sharingHandlers = {
  ImageAttached: (machine, vm, process, nameText, commonMillionths) =>
    machine.vm(vm).process(process).attachImage({ nameText, commonMillionths }),
  FrameShared: (machine, vm, page, shared) => {
    machine.vm(vm).sharedPages++;
    machine.frames.share(shared, vm, page);
  },
  PageShared: (machine, number, page, frame, shared) => {
    const vm = machine.vm(number);
    vm.sharedPages++;
    machine.frames.take(frame, number, page);
    machine.frames.addSharer(shared);
    vm.backAnew(page, shared);
  },
  SharedPageCopied: (machine, number, page, shared, frame) => {
    const vm = machine.vm(number);
    vm.sharedPages--;
    machine.frames.dropSharer(shared);
    machine.frames.give(frame, number, page);
    vm.backAnew(page, frame);
  },
  SharedFrameUnmapped: (machine, number, page, shared, _cause, sharers) => {
    const vm = machine.vm(number);
    vm.sharedPages--;
    if (sharers > 0) machine.frames.dropSharer(shared);
    else machine.frames.freeShared(shared);
    vm.unback(page);
  },
  FrameUnshared: (machine, vm, page, shared) => {
    machine.vm(vm).sharedPages--;
    machine.frames.unshare(shared, vm, page);
  },
  SharingScanned: null,
} satisfies Handlers<"sharing">;
