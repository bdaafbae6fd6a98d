import { assert } from "../../assert/index.ts";
import { createKernel, restoreKernel } from "../engine/create-kernel.ts";
import type { Kernel, KernelInput, KernelSnapshot } from "../engine/kernel-contract.ts";
import { LastAccesses, type LastAccessesState } from "./last-accesses.ts";
import { activityAtStart, activityOf, type PageActivity } from "./page-activity.ts";

export type ObservedSnapshot = { readonly kernel: KernelSnapshot; readonly accesses: LastAccessesState };

/** A kernel whose accesses are observed. Its events are as any kernel's. */
export type ObservedKernel = {
  readonly kernel: Kernel;
  /**
   * Gives what is to be called for the activity as of the event at a position, not before the last event made, once `advance` has stopped at the
   * end of the action that made it. Ends what was asked for before.
   */
  readonly observeAt: (position: number) => () => PageActivity;
  /** As of an event that a new kernel has made already, or of position 0. */
  readonly activityAtStart: (position: number) => PageActivity;
  /** As `Kernel.save`. */
  readonly save: () => ObservedSnapshot;
};

/** From the beginning of the run, or as it was when it was saved, given the same input. */
export function createObservedKernel(input: KernelInput, saved?: ObservedSnapshot): ObservedKernel {
  const accesses = new LastAccesses(saved?.accesses);
  const observed = { ...input, onAccesses: accesses.observe };
  const kernel = saved === undefined ? createKernel(observed) : restoreKernel(observed, saved.kernel);
  accesses.machine = kernel.machine;
  return {
    kernel,
    observeAt: (position) => {
      let found: PageActivity | undefined;
      kernel.callBefore(position + 1, () => (found = activityOf(kernel, accesses)));
      return () => {
        assert(found !== undefined || kernel.machine.position === position, () => `event ${position} is not made yet`);
        return (found ??= activityOf(kernel, accesses));
      };
    },
    activityAtStart: (position) => activityAtStart(kernel, position),
    save: () => ({ kernel: kernel.save(), accesses: accesses.save() }),
  };
}
