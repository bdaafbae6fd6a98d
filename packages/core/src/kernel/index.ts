export { type Command, COMMAND_CODES } from "./command.ts";
export { createKernel, restoreKernel } from "./create-kernel.ts";
export { createBoundedKernel, type FaultBound, MOST_BOUNDED_ACCESSES } from "./fault-bound.ts";
export type { CommandOutcome, Kernel, KernelInput, KernelSnapshot, KernelStatus } from "./kernel-contract.ts";
export { ENTRY_BYTES, estimateMemory, estimateVmMemory, type MemoryPart } from "./memory-estimate.ts";
export { checkPolicyFit } from "./policy-fit.ts";
export { isUsableSnapshot } from "./snapshot.ts";
