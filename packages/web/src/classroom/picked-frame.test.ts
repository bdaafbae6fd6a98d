import { expect, it } from "vitest";
import { isRightFrame, pickWords } from "./picked-frame.ts";

// Oracle: FIFO with two frames on a b a c, by hand: faults into frames 0 and 1, a hit in frame 0, a fault that takes frame 0.
const LOAD_B = { reference: "b", isFault: true, frame: 1, victim: null, frames: ["a", "b"] };
const HIT_A = { reference: "a", isFault: false, frame: 0, victim: null, frames: ["a", "b"] };
const LOAD_C = { reference: "c", isFault: true, frame: 0, victim: "a", frames: ["c", "b"] };

it("a frame is right if the page will be in it: of the hit, of the victim, or any free one", () => {
  const right = (step: typeof LOAD_B | typeof LOAD_C, before: (string | null)[] | undefined) =>
    [0, 1].map((frame) => isRightFrame(step, frame, before));
  expect(right({ ...LOAD_B, reference: "a", frame: 0 }, undefined)).toEqual([true, true]);
  expect(right(LOAD_B, ["a", null])).toEqual([false, true]);
  expect(right(HIT_A, ["a", "b"])).toEqual([true, false]);
  expect(right(LOAD_C, ["a", "b"])).toEqual([true, false]);
});

it("a cell says what choosing it means", () => {
  expect(pickWords("a", 0, ["a", "b"])).toBe("Frame 0: a hit");
  expect(pickWords("c", 1, ["a", "b"])).toBe("Frame 1: a fault, and b leaves");
  expect(pickWords("c", 1, ["a", null])).toBe("Frame 1: a fault, into this free frame");
});
