/** One memory reference of a walk. Levels count down from 4; null: the page itself, or the guest's own entry. */
export type WalkReference = {
  readonly number: number;
  /** Level of the guest's table whose entry is wanted; null: the page that the guest's tables have found. */
  readonly guestLevel: number | null;
  /** Level of the host's table that is read for it; null: the guest's entry itself is read. */
  readonly hostLevel: number | null;
};

/** How many levels a walk goes through. A large page saves its table the last one. */
export type WalkLevels = { readonly guest: number; /** 0: there is no second table. */ readonly host: number };

/** Levels of x86-64's tables. */
const LEVELS = 4;

/**
 * The memory references of a walk without caches, in order. Without a second table: an entry of each level. With one: each
 * of the guest's entries lies at a real address, which the host's table translates first, and so does the page that is found
 * (R. Bhargava and others, ASPLOS 2008).
 */
export function walkOf({ guest, host }: WalkLevels): WalkReference[] {
  const hostLevels = levelsOf(host);
  const forEntry = (guestLevel: number): Omit<WalkReference, "number">[] => [
    ...hostLevels.map((hostLevel) => ({ guestLevel, hostLevel })),
    { guestLevel, hostLevel: null },
  ];
  const forPage = hostLevels.map((hostLevel) => ({ guestLevel: null, hostLevel }));
  return [...levelsOf(guest).flatMap(forEntry), ...forPage].map(({ guestLevel, hostLevel }, index) => ({
    number: index + 1,
    guestLevel,
    hostLevel,
  }));
}

/** Levels that a walk of as many references as the API counts goes through: guests have small pages only. */
export function walkLevelsOf(references: number): WalkLevels {
  return { guest: LEVELS, host: (references - LEVELS) / (LEVELS + 1) };
}

/** From the first table that is read: a large page is found one level before the last. */
export function levelsOf(count: number): number[] {
  return Array.from({ length: count }, (_, index) => LEVELS - index);
}
