import { byNumber, valueOf } from "./by-number.ts";
import { VmEnd } from "./choices.ts";

const IS_OUT_OF_MEMORY = byNumber(VmEnd, { HostOutOfFrames: true, GuestOutOfMemory: true, StoppedByUser: false });

/** Whether a VM was killed: terminated because memory ran out, and not because somebody stopped it. */
export function isOutOfMemory(cause: number): boolean {
  return valueOf(IS_OUT_OF_MEMORY, cause, "the cause of a VM's end");
}
