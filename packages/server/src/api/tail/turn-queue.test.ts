import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { TurnQueue } from "./turn-queue.ts";

const never = new AbortController().signal;

/** A clock that only moves when work says so: no test depends on how fast the machine is. */
function workingClock(): { nowMs: () => number; work: (ms: number) => void } {
  let now = 0;
  return { nowMs: () => now, work: (ms) => (now += ms) };
}

test("between two turns of the event loop readers work no longer than the budget and one message", async () => {
  const { nowMs, work } = workingClock();
  const turns = new TurnQueue(nowMs);
  const holds: number[] = [];
  const done = new AbortController();
  const watching = (async () => {
    for (let last = nowMs(); !done.signal.aborted; last = nowMs()) {
      await nextTurn();
      holds.push(nowMs() - last);
    }
  })();
  const reader = async (): Promise<void> => {
    for (let message = 0; message < 20; message++) {
      await turns.take(false, never);
      work(3);
    }
  };
  await Promise.all(Array.from({ length: 50 }, reader));
  done.abort();
  await watching;
  // Oracle: 50 readers of 20 messages of 3 ms each; the budget is 8 ms, so that the third message of a round ends it at 9.
  expect(nowMs()).toBe(50 * 20 * 3);
  expect(Math.max(...holds)).toBeLessThanOrEqual(9);
});

test("readers get turns one after the other, however much each of them wants", async () => {
  const turns = new TurnQueue(() => 0);
  const served: number[] = [];
  const reader = async (name: number): Promise<void> => {
    for (let message = 0; message < 5; message++) {
      await turns.take(false, never);
      served.push(name);
    }
  };
  await Promise.all([0, 1, 2].map(reader));
  // Oracle: round robin.
  expect(served).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
});

test("a reader at the end of its history waits for one message of the others, and they are not starved by it", async () => {
  const turns = new TurnQueue(() => 0);
  const served: string[] = [];
  const reader = async (name: string, messages: number): Promise<void> => {
    for (let message = 0; message < messages; message++) {
      await turns.take(name === "live", never);
      served.push(name);
    }
  };
  await Promise.all([...Array.from({ length: 100 }, () => reader("behind", 3)), reader("live", 10)]);
  // Oracle: every other turn is the live reader's, until it has no more to read.
  expect(served.slice(0, 20)).toEqual(Array.from({ length: 10 }, () => ["live", "behind"]).flat());
  expect(served.filter((name) => name === "behind")).toHaveLength(300);
});

test("a reader that is ended while it waits has no turn, and the others get theirs", async () => {
  const turns = new TurnQueue(() => 0);
  const ended = new AbortController();
  const reason = new Error("ended");
  const given = turns.take(false, ended.signal);
  const other = turns.take(false, never);
  ended.abort(reason);
  await expect(given).rejects.toBe(reason);
  await other;
  await expect(turns.take(false, ended.signal)).rejects.toBe(reason);
  expect(turns.length).toBe(0);
});
