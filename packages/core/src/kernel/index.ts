export { type Command, COMMAND_CODES } from "./command.ts";
export { createKernel, restoreKernel } from "./create-kernel.ts";
export type { Kernel, KernelInput, KernelSnapshot, KernelStatus } from "./kernel-contract.ts";
export { isUsableSnapshot } from "./snapshot.ts";
