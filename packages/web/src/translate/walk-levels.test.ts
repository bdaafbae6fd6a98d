import { expect, it } from "vitest";
import { levelsOf, walkLevelsOf, walkOf } from "./walk-levels.ts";
import { WALK_CONDITIONS } from "./walk-conditions.ts";

// Oracle: n m + n + m of Bhargava and others, as the API counts: 4, 19 under a large mapping, 24.
it.each([
  [4, 0],
  [19, 3],
  [24, 4],
])(
  "a walk of %i references goes through %i levels of the host's table for each of the guest's four entries and for the page",
  (references, host) => {
    const levels = walkLevelsOf(references);
    expect(levels).toEqual({ guest: 4, host });
    const walk = walkOf(levels);
    expect(walk).toHaveLength(references);
    expect(walk.filter(({ hostLevel }) => hostLevel === null)).toHaveLength(4);
    expect(walk.filter(({ guestLevel }) => guestLevel === null)).toHaveLength(host);
  },
);

it("a nested walk translates the address of an entry before it reads the entry", () => {
  expect(walkOf({ guest: 4, host: 4 }).slice(0, 6)).toEqual([
    { number: 1, guestLevel: 4, hostLevel: 4 },
    { number: 2, guestLevel: 4, hostLevel: 3 },
    { number: 3, guestLevel: 4, hostLevel: 2 },
    { number: 4, guestLevel: 4, hostLevel: 1 },
    { number: 5, guestLevel: 4, hostLevel: null },
    { number: 6, guestLevel: 3, hostLevel: 4 },
  ]);
});

it("large pages end a table one level earlier", () => {
  expect(levelsOf(3)).toEqual([4, 3, 2]);
  // Oracle: 3 x 3 + 3 + 3, the published count of large pages on both levels.
  expect(walkOf({ guest: 3, host: 3 })).toHaveLength(15);
});

it("the conditions that are explained have the four published counts; oracle: 4, 24, 19, 15", () => {
  expect(WALK_CONDITIONS.map(({ levels }) => walkOf(levels).length)).toEqual([4, 24, 19, 15]);
});
