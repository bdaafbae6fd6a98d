import { expect, it } from "vitest";
import { hostLevelsOf, walkOf } from "./walk-levels.ts";

// Oracle: n m + n + m of Bhargava and others, as the API counts: 4, 19 under a large mapping, 24.
it.each([
  [4, 0],
  [19, 3],
  [24, 4],
])(
  "a walk of %i references goes through %i levels of the host's table for each of the guest's four entries and for the page",
  (references, levels) => {
    expect(hostLevelsOf(references)).toBe(levels);
    const walk = walkOf(levels);
    expect(walk).toHaveLength(references);
    expect(walk.filter(({ hostLevel }) => hostLevel === null)).toHaveLength(4);
    expect(walk.filter(({ guestLevel }) => guestLevel === null)).toHaveLength(levels);
  },
);

it("a nested walk translates the address of an entry before it reads the entry", () => {
  expect(walkOf(4).slice(0, 6)).toEqual([
    { number: 1, guestLevel: 4, hostLevel: 4 },
    { number: 2, guestLevel: 4, hostLevel: 3 },
    { number: 3, guestLevel: 4, hostLevel: 2 },
    { number: 4, guestLevel: 4, hostLevel: 1 },
    { number: 5, guestLevel: 4, hostLevel: null },
    { number: 6, guestLevel: 3, hostLevel: 4 },
  ]);
});
