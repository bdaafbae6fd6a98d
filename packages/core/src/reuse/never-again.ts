/** Instead of the time of a next reference: there is none. */
export const NEVER_AGAIN = 0x7fff_ffff;
