import { type Causes, causes, from, type Link } from "./cause-rule.ts";
import { command } from "./commands.ts";

const STOPPED_BY_SCRIPT = "The scenario's script switched the VM off.";

export const outOfFrames: Link = from("FrameShortage", ["vm"], "No frame was found for the VM, so it was switched off.");
export const outOfGuestMemory: Link = from("GuestOutOfMemory", ["vm"], "The guest had no memory left, so the VM was switched off.");
export const stopped: Link = command("StopVm", "A command switched the VM off.", { same: { vm: "vm" }, reach: "operation" });

/** Of what is done when a VM is switched off. */
export const vmEnds: readonly Link[] = [outOfFrames, outOfGuestMemory, stopped];
export const vmEnd: Causes = causes(vmEnds, STOPPED_BY_SCRIPT);
export const stopOfVm: Causes = causes([stopped], STOPPED_BY_SCRIPT);
