/** @internal Part of Ballast itself: changes without notice. */

/**
 * Address spaces and identities as types, so that the compiler refuses the wrong one.
 * All are integers; a page number counts 4 KiB pages from 0 within its space.
 */
declare const space: unique symbol;
type Branded<Name extends string> = number & { readonly [space]: Name };

/** A page of a process's address space. */
export type VirtualPage = Branded<"VirtualPage">;
/** A page of the memory that a VM believes it has. Under one-level mapping it equals the physical page. */
export type RealPage = Branded<"RealPage">;
/** The number of a page of host memory; the slot behind it is a frame. */
export type PhysicalPage = Branded<"PhysicalPage">;
/** A VM's number within its run, from 1. Under one-level mapping VM 1 is the native operating system. */
export type VmId = Branded<"VmId">;
/** A process's number within its VM, from 1. */
export type ProcessId = Branded<"ProcessId">;
/** What a page holds: 0 is all zeros, anything else names one write (or one page of a file). */
export type ContentToken = Branded<"ContentToken">;
/** The number of an interned string of a run, by the order of their first use; 0 is the empty string. */
export type StringId = Branded<"StringId">;

export const virtualPage = (page: number): VirtualPage => page as VirtualPage;
export const realPage = (page: number): RealPage => page as RealPage;
export const physicalPage = (page: number): PhysicalPage => page as PhysicalPage;
export const vmId = (vm: number): VmId => vm as VmId;
export const processId = (process: number): ProcessId => process as ProcessId;

/** Instead of a page number: there is none. */
export const NO_PAGE = -1;
/** Instead of a VM's number: the event concerns the host. */
export const NO_VM = 0;
/** Instead of a process's number: the event concerns the VM as a whole, or the page is no process's. */
export const NO_PROCESS = 0;
/** Pages of 4 KiB in a large page of 2 MiB. */
export const LARGE_PAGE_PAGES = 512;
