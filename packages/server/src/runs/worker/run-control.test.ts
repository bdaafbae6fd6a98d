import { describe, expect, test } from "vitest";
import { RunControl } from "./run-control.ts";

/** The oracle is what the words pause, resume and step mean. */
describe("the control of a run", () => {
  test("pauses and resumes", () => {
    const control = new RunControl();
    expect(control.isPaused).toBe(false);
    control.accept({ kind: "pause" }, 10);
    expect(control.isPaused).toBe(true);
    control.accept({ kind: "resume" }, 11);
    expect(control.isPaused).toBe(false);
  });

  test("steps the given number of events after the command's own, then pauses", () => {
    const control = new RunControl();
    control.accept({ kind: "pause" }, 10);
    control.accept({ kind: "step", events: 5 }, 11);
    control.reach(15);
    expect(control.isPaused).toBe(false);
    control.reach(16);
    expect(control.isPaused).toBe(true);
  });

  test("forgets a step once it is resumed", () => {
    const control = new RunControl();
    control.accept({ kind: "step", events: 5 }, 1);
    control.accept({ kind: "resume" }, 2);
    control.reach(100);
    expect(control.isPaused).toBe(false);
  });

  test("is the same after it was saved and restored in the middle of a step", () => {
    const control = new RunControl();
    control.accept({ kind: "step", events: 5 }, 1);
    const restored = RunControl.restore(control.save());
    restored.reach(5);
    expect(restored.isPaused).toBe(false);
    restored.reach(6);
    expect(restored.isPaused).toBe(true);
  });
});
