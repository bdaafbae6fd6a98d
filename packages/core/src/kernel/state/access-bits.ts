/**
 * Bits of a real page that the hardware sets at an access and that are no events: the guest's own pair in its page
 * table, and the hypervisor's in the real map table.
 */
export const GUEST_ACCESSED = 1;
export const GUEST_DIRTY = 2;
export const HOST_ACCESSED = 4;
/** Found not accessed by the hypervisor's last scan. */
export const HOST_IDLE = 8;
/** The real map entry is invalidated though there is a frame: any access traps. */
export const HOST_TRAPS_READ = 16;
/** The real map entry is write-protected: a store traps. */
export const HOST_TRAPS_WRITE = 32;

/** Accessed since the hand of the order clock passed it last: kept apart from what scans read and clear. */
export const HOST_REFERENCED = 64;
/** Accessed since the last scan of ages: apart from HOST_ACCESSED, so that no reader of bits clears them for another. */
export const HOST_UNAGED = 128;

/** A store traps if either is set. Both are of the real map entry, and end with it. */
export const HOST_TRAPS = HOST_TRAPS_READ | HOST_TRAPS_WRITE;

export const SET_BY_READ = GUEST_ACCESSED | HOST_ACCESSED | HOST_REFERENCED | HOST_UNAGED;
export const SET_BY_WRITE = GUEST_DIRTY | SET_BY_READ;
