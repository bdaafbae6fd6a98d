import fc from "fast-check";
import { expect, it } from "vitest";
import { WRITE_LIMITS, WriteBudget } from "./write-budget.ts";

/** Times at which changes at `times` are written: each immediately or once one is free, when only the newest is. */
function written(times: readonly number[]): number[] {
  const budget = new WriteBudget();
  const writes: number[] = [];
  let due = Infinity;
  for (const time of [...times, Infinity]) {
    if (due <= time) {
      writes.push(due);
      budget.spend(due);
      due = Infinity;
    }
    if (time === Infinity || due !== Infinity) continue;
    const wait = budget.waitMs(time);
    if (wait > 0) due = time + wait;
    else {
      writes.push(time);
      budget.spend(time);
    }
  }
  return writes;
}

const gaps = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 600 });

it("no span has as many changes as browsers refuse, with room for steps, whatever their times", () => {
  fc.assert(
    fc.property(gaps, (between) => {
      let now = 0;
      const writes = written(between.map((gap) => (now += gap)));
      const { maxChanges, spanMs } = WRITE_LIMITS;
      for (const from of writes) {
        // Oracle: Safari's limit; 8 of its 100 are left for steps that find none free.
        expect(writes.filter((time) => time >= from && time < from + spanMs).length).toBeLessThanOrEqual(maxChanges - 8);
      }
    }),
    { numRuns: 30 },
  );
});

it("a change is written immediately unless many went before, and then waits for less than a second", () => {
  const budget = new WriteBudget();
  for (let change = 0; change < WRITE_LIMITS.burst; change += 1) {
    expect(budget.waitMs(1_000)).toBe(0);
    budget.spend(1_000);
  }
  expect(budget.waitMs(1_000)).toBe(WRITE_LIMITS.refillMs);
  expect(WRITE_LIMITS.refillMs).toBeLessThan(1_000);
  // Three steps were written although none was free: they are paid for later.
  for (let step = 0; step < 3; step += 1) budget.spend(1_000);
  expect(budget.waitMs(1_000)).toBe(4 * WRITE_LIMITS.refillMs);
  expect(budget.waitMs(1_000 + 4 * WRITE_LIMITS.refillMs)).toBe(0);
});
