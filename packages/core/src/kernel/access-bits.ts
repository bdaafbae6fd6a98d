/**
 * Bits of a real page that the hardware sets at an access and that are no events: the guest's own pair in its page
 * table, and the hypervisor's in the real map table.
 */
export const GUEST_ACCESSED = 1;
export const GUEST_DIRTY = 2;
export const HOST_ACCESSED = 4;
/** Found not accessed by the hypervisor's last scan. */
export const HOST_IDLE = 8;

export const SET_BY_READ = GUEST_ACCESSED | HOST_ACCESSED;
export const SET_BY_WRITE = GUEST_ACCESSED | GUEST_DIRTY | HOST_ACCESSED;
