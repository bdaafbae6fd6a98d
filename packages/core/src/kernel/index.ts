export { type Command, COMMAND_CODES } from "./command.ts";
export type { Kernel, KernelInput, KernelSnapshot, KernelStatus } from "./kernel-contract.ts";
