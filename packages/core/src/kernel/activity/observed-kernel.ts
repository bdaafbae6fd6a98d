import { createKernel, restoreKernel } from "../engine/create-kernel.ts";
import type { Kernel, KernelInput, KernelSnapshot } from "../engine/kernel-contract.ts";
import { LastAccesses, type LastAccessesState } from "./last-accesses.ts";
import { activityAtStart, activityOf, type PageActivity } from "./page-activity.ts";

export type ObservedSnapshot = { readonly kernel: KernelSnapshot; readonly accesses: LastAccessesState };

/** A kernel whose accesses are observed. Its events are as any kernel's. */
export type ObservedKernel = {
  readonly kernel: Kernel;
  /** As of the last event made. */
  readonly activity: () => PageActivity;
  /** As of an event that a new kernel has made already: those of the run's start. Position 0 is before the first. */
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
    activity: () => activityOf(kernel, accesses),
    activityAtStart: (position) => activityAtStart(kernel, position),
    save: () => ({ kernel: kernel.save(), accesses: accesses.save() }),
  };
}
