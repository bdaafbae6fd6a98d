/** Highest sizes a scenario may name: beyond them tables would not fit in the memory of one process. */

/** 1 TiB in pages of 4 KiB: of a host, of a VM, of all VMs, of all address spaces. */
export const MAX_PAGES = 2 ** 28;
/** 11 days of simulated time, in ns: sums of two still are exact. */
export const MAX_NS = 1e15;
/** 46 days: a run that has come so far ends, so that no time is beyond 2^53 ns, whatever is still under way. */
export const MAX_RUN_NS = 4e15;
export const MAX_VMS = 4096;
export const MAX_PROCESSES = 256;
/** Files of one VM. */
export const MAX_FILES = 256;
export const MAX_ACCESSES = 1e12;
export const MAX_REFERENCES = 1_000_000;
export const MAX_PHASES = 1000;
/** Phases within phases, the outermost included. */
export const DEEPEST_PHASES = 8;
/** Free page reporting in blocks of 4 GiB. */
export const MAX_REPORTING_ORDER = 20;
/** Maximum of a device's queue depth. */
export const MAX_PARALLEL = 1024;
/** 1 TB/s. */
export const MAX_BYTES_PER_S = 1e12;
export const MAX_COMMANDS = 10_000;
export const MAX_SEED = Number.MAX_SAFE_INTEGER;

/** Accesses of one process that can be known beforehand: each takes 8 bytes. */
export const MAX_LOOKAHEAD_ACCESSES = 2 ** 25;
