/**
 * Is told of every access in the order in which the machine made them: a run of accesses of one process, as the part
 * [from, from + count) of `pages` (its virtual pages), which is not to be kept. `isMiss`: it is one access, and its page
 * had no frame behind it or no entry in the page table.
 */
export type AccessObserver = (vm: number, process: number, pages: Int32Array, from: number, count: number, isMiss: boolean) => void;
