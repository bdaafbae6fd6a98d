import { expect, test } from "vitest";
import { OneAtATime } from "./one-at-a-time.ts";

const { signal } = new AbortController();

test("work waits for the work before it, whether that succeeds or fails", async () => {
  const turns = new OneAtATime();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const failing = turns.run(async () => {
    await first.promise;
    order.push("first");
    throw new Error("no luck");
  }, signal);
  const second = turns.run(async () => void order.push("second"), signal);
  expect(order).toEqual([]);
  first.resolve();
  await expect(failing).rejects.toThrow("no luck");
  await second;
  expect(order).toEqual(["first", "second"]);
});

test("work that is given up while it waits is never begun, and lets the work before it finish first", async () => {
  const turns = new OneAtATime();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const begun = turns.run(() => first.promise, signal);
  const controller = new AbortController();
  const givenUp = turns.run(async () => void order.push("given up"), controller.signal);
  const third = turns.run(async () => void order.push("third"), signal);
  controller.abort(new Error("gone"));
  await expect(givenUp).rejects.toThrow("gone");
  expect(order).toEqual([]);
  first.resolve();
  await Promise.all([begun, third]);
  expect(order).toEqual(["third"]);
});
