/** @internal Part of Ballast itself: changes without notice. */
export { type Command, COMMAND_CODES } from "./engine/command-codes.ts";
export { createKernel, restoreKernel } from "./engine/create-kernel.ts";
export { countAccesses } from "./bounds/count-accesses.ts";
export { type BoundedKernel, createBoundedKernel, type FaultBound, MAX_BOUNDED_ACCESSES } from "./bounds/fault-bound.ts";
export type { CommandOutcome, Kernel, KernelInput, KernelSnapshot, KernelStatus } from "./engine/kernel-contract.ts";
export { ENTRY_BYTES, estimateMemory, estimateVmMemory, type MemoryPart } from "./bounds/memory-estimate.ts";
export { checkPolicyFit } from "./engine/policy-fit.ts";
export { isUsableSnapshot } from "./engine/snapshot.ts";
export { createObservedKernel, type ObservedKernel, type ObservedSnapshot } from "./activity/observed-kernel.ts";
export { HOLDS_NO_PAGE, NEVER_ACCESSED, type PageActivity, type SpaceActivity } from "./activity/page-activity.ts";
