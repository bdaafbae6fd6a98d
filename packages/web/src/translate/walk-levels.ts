/** One memory reference of a walk. Levels count down to 1, the last table; null: the page itself, or the guest's own entry. */
export type WalkReference = {
  readonly number: number;
  /** Level of the guest's table whose entry is wanted; null: the page that the guest's tables have found. */
  readonly guestLevel: number | null;
  /** Level of the host's table that is read for it; null: the guest's entry itself is read. */
  readonly hostLevel: number | null;
};

/** Levels of x86-64's tables. */
const GUEST_LEVELS = 4;

/**
 * The memory references of a walk without caches, in order. Without a second table: an entry of each level. With one of
 * `hostLevels`: each of the guest's entries lies at a real address, which the host's table translates first, and so does
 * the page that is found (R. Bhargava and others, ASPLOS 2008).
 */
export function walkOf(hostLevels: number): WalkReference[] {
  const host = countdown(hostLevels);
  const forEntry = (guestLevel: number): Omit<WalkReference, "number">[] => [
    ...host.map((hostLevel) => ({ guestLevel, hostLevel })),
    { guestLevel, hostLevel: null },
  ];
  const forPage = host.map((hostLevel) => ({ guestLevel: null, hostLevel }));
  return [...countdown(GUEST_LEVELS).flatMap(forEntry), ...forPage].map(({ guestLevel, hostLevel }, index) => ({
    number: index + 1,
    guestLevel,
    hostLevel,
  }));
}

/** Levels of the host's table in a walk of as many references as the API counts: 0, 3 under a large mapping, or 4. */
export function hostLevelsOf(references: number): number {
  return (references - GUEST_LEVELS) / (GUEST_LEVELS + 1);
}

function countdown(from: number): number[] {
  return Array.from({ length: from }, (_, index) => from - index);
}
