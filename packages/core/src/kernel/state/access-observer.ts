/**
 * Is told of every access in the order in which the machine made them: a run of accesses of one process, as the part
 * [from, from + count) of `pages` (its virtual pages), which is not to be kept. `isMiss`: it is one access, and its page
 * had no frame behind it or no entry in the page table. The first was made at `timeNs`, each other one `accessNs` after the one before.
 */
export type AccessObserver = (
  vm: number,
  process: number,
  pages: Int32Array,
  from: number,
  count: number,
  isMiss: boolean,
  timeNs: number,
  accessNs: number,
) => void;
